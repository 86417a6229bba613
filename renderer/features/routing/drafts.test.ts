/** Changes that are not applied yet, and what a target can be. */
import { describe, expect, it } from 'vitest';
import { sampleAlias, sampleCatalogue, sampleModel, sampleTarget } from '../../testing/samples.ts';
import { draftOf, faultsOf, moved, newDraft, NO_DRAFTS, rowsOf, withDraft, type AliasRow } from './drafts.ts';
import { targetChoices } from './target-choices.ts';
import { newTarget } from './targets.ts';
import { splitTarget, targetKind } from './target-state.ts';

const fast = sampleAlias({
  id: 'fast',
  targets: [sampleTarget({ model: 'a' }), sampleTarget({ model: 'b' })],
});
const deep = sampleAlias({ id: 'deep' });
const draft = draftOf(fast);

describe('the rows', () => {
  it('are the aliases, then new ones', () => {
    const added = newDraft(NO_DRAFTS);
    const rows = rowsOf([fast, deep], withDraft(NO_DRAFTS, added));
    expect(rows.map(({ key, changed }) => [key, changed])).toEqual([
      ['fast', false],
      ['deep', false],
      ['+1', true],
    ]);
    expect(newDraft(withDraft(NO_DRAFTS, added)).key).toBe('+2');
  });

  it.each([
    ['the same again', {}, false],
    ['another order', { targets: ['b', 'a'].map(newTarget) }, true],
    ['one less', { targets: ['a'].map(newTarget) }, true],
    ['another strategy', { strategy: 'cheapest' as const }, true],
    ['a weight', { targets: [{ ...newTarget('a'), weight: '2' }, newTarget('b')] }, true],
    ['another name', { id: 'quick' }, true],
    ['a space at the end', { id: 'fast ' }, false],
    ['its end', { removed: true }, true],
  ])('%s', (_name, changes, changed) => {
    const [row] = rowsOf([fast], withDraft(NO_DRAFTS, { ...draft, ...changes }));
    expect(row?.changed).toBe(changed);
  });

  it('keep changes to an alias that somebody else removed, as a new one', () => {
    const drafts = withDraft(NO_DRAFTS, { ...draft, targets: ['c'].map(newTarget) });
    expect(rowsOf([deep], drafts)[1]).toMatchObject({ key: 'fast', view: null, changed: true });
    expect(rowsOf([deep], withDraft(NO_DRAFTS, { ...draft, removed: true }))).toHaveLength(1);
  });
});

describe('faults', () => {
  const check = (changes: Partial<typeof draft>) => {
    const rows = rowsOf([fast, deep], withDraft(NO_DRAFTS, { ...draft, ...changes }));
    const [row] = rows;
    return row === undefined ? null : faultsOf(row, rows);
  };
  it.each([
    [{}, null, null],
    [{ id: '  ' }, 'no_name', null],
    [{ id: 'deep' }, 'name_taken', null],
    [{ id: 'a\u0007b' }, 'name_form', null],
    [{ targets: [] }, null, 'no_target'],
    [{ targets: [], removed: true }, null, null],
  ] as const)('%j', (changes, name, targets) => expect(check(changes)).toEqual({ name, targets }));

  it('a name that becomes free is not taken', () => {
    const drafts = withDraft(withDraft(NO_DRAFTS, { ...draft, id: 'deep' }), {
      ...draftOf(deep),
      removed: true,
    });
    const rows: readonly AliasRow[] = rowsOf([fast, deep], drafts);
    expect(rows[0] === undefined ? null : faultsOf(rows[0], rows).name).toBeNull();
  });
});

it.each([
  [0, 2, ['b', 'c', 'a']],
  [2, 0, ['c', 'a', 'b']],
  [1, 1, ['a', 'b', 'c']],
  [0, 9, ['b', 'c', 'a']],
  [0, -1, ['a', 'b', 'c']],
])('an entry moves from %i to %i', (from, to, list) =>
  expect(moved(['a', 'b', 'c'], from, to)).toEqual(list),
);

describe('what a target can be', () => {
  const catalogue = sampleCatalogue(
    [
      sampleModel({ id: 'xai/grok', usable: false }),
      sampleModel({ id: 'groq/llama' }),
      sampleModel({ id: 'openai/gpt-5' }),
    ],
    { aliases: ['smart', 'fast'] },
  );
  const models = (typed: string, taken: readonly string[] = []): readonly string[] =>
    targetChoices(catalogue, typed, taken, 'fast').map(({ kind, model }) => `${kind} ${model}`);

  it('is every alias and model, those that can be used first', () =>
    expect(models('')).toEqual(['alias smart', 'model groq/llama', 'model openai/gpt-5', 'model xai/grok']));
  it('holds every word that is typed', () =>
    expect(models('5 open')).toEqual(['model openai/gpt-5', 'typed 5 open']));
  it('is no target twice', () => expect(models('groq/llama', ['groq/llama'])).toEqual([]));
  it('is a name that nobody lists, as it is typed', () =>
    expect(models(' my/own ')).toEqual(['typed my/own']));
  it('is what is typed while no list is known', () =>
    expect(targetChoices(null, 'x', [], '').map(({ model }) => model)).toEqual(['x']));
});

it('a target is shown by its model and provider, with a shape for its state', () => {
  const view = sampleTarget({ model: 'groq/llama', provider: 'groq', state: 'cooling' });
  expect(splitTarget('groq/llama', view)).toEqual({ name: 'llama', provider: 'groq' });
  expect(splitTarget('groq/llama', undefined)).toEqual({ name: 'groq/llama', provider: '' });
  expect([targetKind(view), targetKind(undefined)]).toEqual(['cooling', 'off']);
});

import { describe, expect, it } from 'vitest';
import type { ModelPrice } from '../../../contract/rpc/procedures/models.ts';
import { sampleModel } from '../../testing/samples.ts';
import { correctionIn, draftOf, NEW_TIER, problemsOf, type Draft } from './correction-draft.ts';
import { correctedFields, undoOf } from './corrections.ts';
import { NOTHING_TOLD, rowsOf, type ModelRow } from './rows.ts';

const price = (input: number | null, output: number | null, more: Partial<ModelPrice> = {}): ModelPrice => ({
  input,
  output,
  cacheRead: 0.1,
  cacheWrite: null,
  source: 'catalogue',
  tiered: false,
  ...more,
});
function rowOf(changes: Parameters<typeof sampleModel>[0]): ModelRow {
  const [row] = rowsOf([sampleModel(changes)], NOTHING_TOLD);
  if (row === undefined) throw new Error('there is a row');
  return row;
}
const known = rowOf({ price: price(1, 10) });
const corrected = rowOf({
  price: price(2, 10, { source: 'override', cacheRead: 0.5 }),
  contextTokens: 8_000,
  corrected: { price: price(1, 10), contextTokens: 400_000 },
});
const model = known.id;
const edited = (row: ModelRow, changes: Partial<Draft>) => correctionIn({ ...draftOf(row), ...changes }, row);

describe('what is corrected', () => {
  it.each([
    ['nothing', known, []],
    ['each price that differs', corrected, ['context', 'input', 'cacheRead']],
    [
      'an entry that says the same',
      rowOf({ price: price(1, 10), corrected: { price: price(1, 10) } }),
      ['input'],
    ],
    ['capabilities that nobody knew', rowOf({ corrected: { capabilities: null } }), ['capabilities']],
  ])('%s', (_case, row, fields) => expect(correctedFields(row)).toEqual(fields));

  it('one field is taken back alone, the last of a price with the whole entry', () => {
    expect(undoOf(corrected, 'context')).toEqual({ model, contextTokens: null });
    expect(undoOf(corrected, 'input')).toEqual({ model, price: { input: 1, output: 10, cache_read: 0.5 } });
    const once = rowOf({ price: price(2, 10), corrected: { price: price(1, 10) } });
    expect(undoOf(once, 'input')).toEqual({ model, price: null });
    const unknown = rowOf({ price: price(2, 10), corrected: { price: null } });
    expect(undoOf(unknown, 'output')).toEqual({ model, price: null });
  });
});

describe('the form', () => {
  it.each<[string, ModelRow, Partial<Draft>, unknown]>([
    ['nothing changed', corrected, {}, null],
    ['a number with commas', known, { context: '32,768' }, { model, contextTokens: 32_768 }],
    ['emptied is taken back', corrected, { context: '' }, { model, contextTokens: null }],
    [
      'as it is known otherwise is taken back',
      corrected,
      { context: '400000' },
      { model, contextTokens: null },
    ],
    ['capabilities', known, { capabilities: [] }, { model, capabilities: [] }],
    [
      'a price is written whole',
      known,
      { input: '3.5' },
      { model, price: { input: 3.5, output: 10, cache_read: 0.1 } },
    ],
    ['the known price again', corrected, { input: '1', cacheRead: '0.1' }, { model, price: null }],
    ['no price at all', corrected, { input: '', output: '', cacheRead: '' }, { model, price: null }],
    [
      'a tier',
      known,
      { tiers: [{ ...NEW_TIER, fromTokens: '200001', input: '6', output: '' }] },
      {
        model,
        price: { input: 1, output: 10, cache_read: 0.1, tiers: [{ above: 200_000, input: 6 }] },
      },
    ],
  ])('%s', (_case, row, changes, expected) => expect(edited(row, changes)).toEqual(expected));

  it.each<[string, Partial<Draft>, unknown]>([
    ['all is well', {}, {}],
    ['tokens are whole', { context: '1.5' }, { context: 'tokens' }],
    ['and at least one', { maxOutput: '0' }, { maxOutput: 'tokens' }],
    ['prices are numbers', { output: 'ten' }, { output: 'price' }],
    ['and not below zero', { cacheRead: '-1' }, { cacheRead: 'price' }],
    ['one of two is needed', { input: '', output: '' }, { input: 'priceNeeded' }],
    ['a tier says from where', { tiers: [{ ...NEW_TIER, input: '1' }] }, { tiers: 'tier' }],
    ['and at what price', { tiers: [{ ...NEW_TIER, fromTokens: '10' }] }, { tiers: 'tier' }],
  ])('%s', (_case, changes, expected) =>
    expect(problemsOf({ ...draftOf(known), ...changes })).toEqual(expected),
  );
});

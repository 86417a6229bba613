import { describe, expect, it } from 'vitest';
import type { ModelView } from '../../../contract/rpc/procedures/models.ts';
import { sampleModel } from '../../testing/samples.ts';
import {
  NO_FILTER,
  readFilter,
  readSort,
  toggled,
  writeQuery,
  type ModelFilter,
  type Sort,
} from './filter.ts';
import { NOTHING_TOLD, rowsOf } from './rows.ts';
import { facetCounts, matching, sameModel } from './selection.ts';
import { firstOrder, ordered, sorted } from './sorting.ts';

const priced = (input: number | null): ModelView['price'] => ({
  input,
  output: input,
  cacheRead: null,
  cacheWrite: null,
  source: 'catalogue',
  tiered: false,
});
const MODELS = [
  sampleModel({ aliases: ['smart'] }),
  sampleModel({
    id: 'openai/gpt-5-mini',
    model: 'gpt-5-mini',
    name: null,
    price: priced(0.25),
    capabilities: ['tools'],
  }),
  sampleModel({
    id: 'openrouter/openai/gpt-5',
    model: 'openai/gpt-5',
    provider: 'openrouter',
    providerName: 'OpenRouter',
    usable: false,
    contextTokens: null,
    price: null,
    capabilities: null,
  }),
  sampleModel({
    id: 'box/qwen3:free',
    provider: 'box',
    providerName: 'Box',
    model: 'qwen3:free',
    price: priced(0),
    contextTokens: 33_000,
  }),
  sampleModel({
    id: 'ollama/llama3',
    provider: 'ollama',
    providerName: 'Ollama',
    model: 'llama3',
    local: true,
    price: null,
    contextTokens: 8_192,
    capabilities: [],
  }),
];
const rows = rowsOf(MODELS, NOTHING_TOLD);
const ids = (list: readonly { readonly id: string }[]): readonly string[] => list.map(({ id }) => id);
const narrowed = (changes: Partial<ModelFilter>): readonly string[] =>
  ids(matching(rows, { ...NO_FILTER, ...changes }));

describe('what a filter lets through', () => {
  it.each<[string, Partial<ModelFilter>, readonly string[]]>([
    ['nothing asked', {}, ids(MODELS)],
    ['part of an id', { text: 'qwen' }, ['box/qwen3:free']],
    ['words in any order and case', { text: 'MINI openai' }, ['openai/gpt-5-mini']],
    ['an alias', { text: 'smart' }, ['openai/gpt-5']],
    ['a name for people', { text: 'GPT-5 ollama' }, ['ollama/llama3']],
    ['providers', { providers: ['box', 'ollama'] }, ['box/qwen3:free', 'ollama/llama3']],
    ['all of the capabilities', { capabilities: ['tools', 'vision'] }, ['openai/gpt-5', 'box/qwen3:free']],
    ['context, the unknown left out', { context: 128_000 }, ['openai/gpt-5', 'openai/gpt-5-mini']],
    ['free: by price, or on the own machine', { prices: ['free'] }, ['box/qwen3:free', 'ollama/llama3']],
    ['any of two bands', { prices: ['low', 'middle'] }, ['openai/gpt-5', 'openai/gpt-5-mini']],
    ['over $3', { prices: ['high'] }, []],
    ['usable and a provider', { flags: ['usable'], providers: ['openrouter'] }, []],
    ['all of the flags', { flags: ['usable', 'local'] }, ['ollama/llama3']],
    ['what answers can be', { outputs: ['image'] }, []],
    [
      'text, but not the unknown',
      { outputs: ['text'], providers: ['openai'] },
      ['openai/gpt-5', 'openai/gpt-5-mini'],
    ],
  ])('%s', (_case, changes, expected) => expect(narrowed(changes)).toEqual(expected));

  it('usable follows what was told since', () => {
    const told = rowsOf(MODELS, { ...NOTHING_TOLD, usable: new Map([['openrouter', true]]) });
    expect(matching(told, { ...NO_FILTER, flags: ['usable'] })).toHaveLength(MODELS.length);
  });

  it('so do favourites and what was measured', () => {
    const figures = {
      id: 'box/qwen3:free',
      requests: 1,
      succeeded: 1,
      firstContent: 200,
      duration: 900,
      cost: 0,
    };
    const told = rowsOf(MODELS, {
      ...NOTHING_TOLD,
      favourites: new Map([['box/qwen3:free', true]]),
      measured: new Map([['box/qwen3:free', figures]]),
    });
    const both: ModelFilter = { ...NO_FILTER, flags: ['favourite', 'measured'] };
    expect(ids(matching(told, both))).toEqual(['box/qwen3:free']);
    expect(ids(sorted(told, firstOrder('first')))[0]).toBe('box/qwen3:free');
  });
});

describe('how many each choice would show', () => {
  it('counts providers as if none were chosen, with the rest of the filter as it is', () => {
    const { providers } = facetCounts(rows, { ...NO_FILTER, text: 'gpt-5', providers: ['openai'] });
    expect([...providers]).toEqual([
      ['openai', 2],
      ['openrouter', 1],
      ['box', 1],
      ['ollama', 1],
    ]);
  });

  it('counts capabilities on top of those chosen', () => {
    const { capabilities } = facetCounts(rows, { ...NO_FILTER, capabilities: ['tools'] });
    expect(capabilities.get('vision')).toBe(2);
    expect(capabilities.get('tools')).toBe(3);
  });

  it('counts contexts, prices and what can be used', () => {
    const counts = facetCounts(rows, NO_FILTER);
    expect([...counts.contexts.values()]).toEqual([2, 2, 0]);
    expect(Object.fromEntries(counts.prices)).toEqual({ free: 2, low: 1, middle: 1, high: 0 });
    expect(counts.flags.get('usable')).toBe(4);
    expect(counts.flags.get('corrected')).toBe(0);
    expect(counts.outputs.get('text')).toBe(5);
  });
});

describe('the order', () => {
  it.each<[string, Sort | null, readonly string[]]>([
    ['as the providers list them', null, ids(MODELS)],
    [
      'names, figures in them as numbers',
      { column: 'model', descending: false },
      ['openai/gpt-5', 'openai/gpt-5-mini', 'ollama/llama3', 'openrouter/openai/gpt-5', 'box/qwen3:free'],
    ],
    [
      'cheapest first, the unknown last',
      { column: 'priceIn', descending: false },
      ['box/qwen3:free', 'openai/gpt-5-mini', 'openai/gpt-5', 'openrouter/openai/gpt-5', 'ollama/llama3'],
    ],
    [
      'dearest first, the unknown last',
      { column: 'priceIn', descending: true },
      ['openai/gpt-5', 'openai/gpt-5-mini', 'box/qwen3:free', 'openrouter/openai/gpt-5', 'ollama/llama3'],
    ],
    [
      'largest context first',
      { column: 'context', descending: true },
      ['openai/gpt-5', 'openai/gpt-5-mini', 'box/qwen3:free', 'ollama/llama3', 'openrouter/openai/gpt-5'],
    ],
  ])('%s', (_case, sort, expected) => expect(ids(sorted(rows, sort))).toEqual(expected));
});

describe('what fits the words best', () => {
  const search = (text: string): readonly string[] =>
    ids(ordered(matching(rows, { ...NO_FILTER, text }), null, text));
  it.each([
    ['the whole name first', 'gpt-5', 'openai/gpt-5'],
    ['an alias is a name', 'smart', 'openai/gpt-5'],
    ['a beginning before an inside', 'llama', 'ollama/llama3'],
    ['a full id', 'openrouter/openai/gpt-5', 'openrouter/openai/gpt-5'],
  ])('%s', (_case, text, first) => expect(search(text)[0]).toBe(first));

  it('an order that was asked for counts before that', () =>
    expect(ids(ordered(rows, { column: 'priceIn', descending: true }, 'mini'))[0]).toBe('openai/gpt-5'));
});

describe('the same model at other providers', () => {
  const offers = rowsOf(
    [
      'a/claude-sonnet-4-5-20250929',
      'b/anthropic/claude-sonnet-4.5',
      'c/anthropic/claude-sonnet-4.5:beta',
      'd/claude-sonnet-4',
    ].map((id) => sampleModel({ id, model: id.slice(2) })),
    NOTHING_TOLD,
  );
  it('is found by its name without maker, date, variant and spelling', () => {
    const [first] = offers;
    expect(first === undefined ? [] : ids(sameModel(offers, first))).toEqual([
      'a/claude-sonnet-4-5-20250929',
      'b/anthropic/claude-sonnet-4.5',
      'c/anthropic/claude-sonnet-4.5:beta',
    ]);
  });
});

describe('the filter in the address', () => {
  const filter: ModelFilter = {
    text: 'gpt 5',
    providers: ['openai', 'box'],
    capabilities: ['tools', 'structured-output'],
    context: 400_000,
    prices: ['free', 'high'],
    outputs: ['image'],
    flags: ['usable', 'corrected'],
  };
  it('is read back as it was written', () => {
    const sort: Sort = { column: 'priceOut', descending: true };
    const query = Object.fromEntries(
      Object.entries(writeQuery(filter, sort)).map(([name, value]) => [name, String(value)]),
    );
    expect(readFilter(query)).toEqual(filter);
    expect(readSort(query)).toEqual(sort);
  });
  it('is empty where nothing narrows', () => expect(writeQuery(NO_FILTER, null)).toEqual({}));
  it('leaves out what it does not understand', () => {
    const query = {
      q: ['a', 'b'],
      can: 'tools,magic',
      context: '5',
      price: 'cheap',
      is: 'yes',
      gives: 'smells',
      sort: 'id',
    };
    expect(readFilter(query)).toEqual({ ...NO_FILTER, capabilities: ['tools'] });
    expect(readSort(query)).toBeNull();
  });
  it('toggles', () => {
    expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
    expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
  });
});

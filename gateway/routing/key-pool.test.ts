import { describe, expect, it } from 'vitest';
import { keysFor, weightedOrder } from './key-pool.ts';
import { plan } from './plan.ts';

/** A small seeded generator, so that the shares are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('weighted order', () => {
  it('puts keys first in proportion to their weights', () => {
    const keys = [
      { id: 'a', weight: 1 },
      { id: 'b', weight: 2 },
      { id: 'c', weight: 5 },
    ];
    const firsts = new Map<string, number>();
    const random = seeded(7);
    const picks = 100_000;
    for (let pick = 0; pick < picks; pick += 1) {
      const first = weightedOrder(keys, random)[0]?.id ?? '';
      firsts.set(first, (firsts.get(first) ?? 0) + 1);
    }
    for (const { id, weight } of keys) {
      expect((firsts.get(id) ?? 0) / picks).toBeCloseTo(weight / 8, 2);
    }
  });

  it.each([0, 0.5, 0.999_999_999_999])('keeps every key exactly once when chance is %d', (value) => {
    const keys = [1, 2, 3, 4].map((weight) => ({ weight }));
    expect(new Set(weightedOrder(keys, () => value))).toEqual(new Set(keys));
  });
});

it('leaves out keys that are bound to other models', () => {
  const keys = [
    { id: 'all', weight: 1, models: [] },
    { id: 'one', weight: 1, models: ['gpt-4'] },
  ];
  expect(keysFor(keys, 'gpt-5', () => 0).map(({ id }) => id)).toEqual(['all']);
  expect(keysFor(keys, 'gpt-4', () => 0).map(({ id }) => id)).toEqual(['all', 'one']);
});

it('plans each target once with its keys and leaves out those without any', () => {
  const snapshot = {
    providers: [
      { id: 'openai', keys: [{ id: 'k1', weight: 1, models: [] }], models: null },
      { id: 'groq', keys: [], models: null },
    ],
    aliases: new Map(),
    named: new Map(),
    defaultModel: '',
  };
  const targets = [
    { provider: 'groq', model: 'llama' },
    { provider: 'openai', model: 'gpt-5' },
    { provider: 'gone', model: 'x' },
  ];
  expect(plan(targets, snapshot, () => 0)).toEqual([
    { provider: 'openai', model: 'gpt-5', keys: [{ id: 'k1', weight: 1, models: [] }] },
  ]);
});

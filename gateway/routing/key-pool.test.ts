import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choicesOf, routingSnapshot, seeded } from '../testing/routing.ts';
import { keysFor } from './key-pool.ts';
import { weightedOrder } from './order.ts';
import { plan, withKeys } from './plan.ts';

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
      expect(Math.abs((firsts.get(id) ?? 0) / picks / (weight / 8) - 1)).toBeLessThan(0.02);
    }
  });

  it('draws the second place by weight too', () => {
    const keys = [0.1, 0.7, 1.3, 2.9, 5].map((weight, id) => ({ id, weight }));
    const total = 10;
    const random = seeded(3);
    const picks = 100_000;
    const pairs = new Map<string, number>();
    for (let pick = 0; pick < picks; pick += 1) {
      const [first, second] = weightedOrder(keys, random);
      const pair = `${first?.id} ${second?.id}`;
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    }
    for (const first of keys) {
      for (const second of keys.filter((key) => key !== first)) {
        const expected = (first.weight / total) * (second.weight / (total - first.weight));
        expect((pairs.get(`${first.id} ${second.id}`) ?? 0) / picks).toBeCloseTo(expected, 2);
      }
    }
  });

  it('gives keys of one weight every place alike', () => {
    const keys = Array.from({ length: 40 }, (_, id) => ({ id, weight: 3 }));
    const random = seeded(11);
    const rounds = 40_000;
    const places = Array.from({ length: 4 }, () => new Uint32Array(keys.length));
    for (let round = 0; round < rounds; round += 1) {
      const ordered = weightedOrder(keys, random);
      expect(ordered.length).toBe(keys.length);
      for (const [place, counts] of places.entries()) {
        const id = ordered[place]?.id ?? 0;
        counts[id] = (counts[id] ?? 0) + 1;
      }
    }
    for (const count of places.flatMap((counts) => [...counts])) expect(count / 1_000).toBeCloseTo(1, 0.5);
    expect(new Set(weightedOrder(keys, random))).toEqual(new Set(keys));
  });

  it('keeps as written what chance always takes first, and turns round what it takes last', () => {
    const keys = Array.from({ length: 30 }, (_, id) => ({ id, weight: 1 + (id % 3) / 10 }));
    expect(weightedOrder(keys, () => 0)).toEqual(keys);
    expect(weightedOrder(keys, () => 1 - 2 ** -53)).toEqual(keys.toReversed());
  });

  it('holds every item once, whatever the weights and the chances', () => {
    const weights = fc.array(fc.double({ min: 0.001, max: 1_000, noNaN: true }), { maxLength: 120 });
    fc.assert(
      fc.property(weights, fc.nat(), (all, seed) => {
        const keys = all.map((weight) => ({ weight }));
        const ordered = weightedOrder(keys, seeded(seed));
        expect(ordered).toHaveLength(keys.length);
        expect(new Set(ordered)).toEqual(new Set(keys));
      }),
      { numRuns: 200 },
    );
  });

  it.each([0, 0.5, 0.999_999_999_999])('keeps every key exactly once when chance is %d', (value) => {
    const keys = [1, 2, 3, 4].map((weight) => ({ weight }));
    expect(new Set(weightedOrder(keys, () => value))).toEqual(new Set(keys));
  });
});

it('draws the first of many keys alone, and keeps it there when all are put in order', () => {
  const keys = Array.from({ length: 20 }, (_, id) => ({ id: `k${id}`, weight: 1, models: [] }));
  const seed = seeded(5);
  let draws = 0;
  const random = (): number => {
    draws += 1;
    return seed();
  };
  const firsts = new Set<string>();
  for (let round = 0; round < 300; round += 1) {
    draws = 0;
    const order = keysFor({ id: 'openai', keys, strategy: 'weighted' }, 'gpt-5', choicesOf({ random }));
    expect([order.count, draws]).toEqual([20, 1]);
    expect(order.all()[0]).toBe(order.first);
    expect(new Set(order.all())).toEqual(new Set(keys));
    expect(order.all()).toBe(order.all());
    firsts.add(order.first?.id ?? '');
  }
  expect(firsts.size).toBe(20);
});

it('leaves out keys that are bound to other models', () => {
  const keys = [
    { id: 'all', weight: 1, models: [] },
    { id: 'one', weight: 1, models: ['gpt-4'] },
  ];
  const pool = { id: 'openai', keys, strategy: 'weighted' } as const;
  const choices = choicesOf({ random: () => 0 });
  expect(
    keysFor(pool, 'gpt-5', choices)
      .all()
      .map(({ id }) => id),
  ).toEqual(['all']);
  expect(
    keysFor(pool, 'gpt-4', choices)
      .all()
      .map(({ id }) => id),
  ).toEqual(['all', 'one']);
});

it('plans each target once with its keys and leaves out those without any', () => {
  const snapshot = routingSnapshot({
    providers: [
      { id: 'openai', keys: [{ id: 'k1', weight: 1, models: [] }], strategy: 'weighted', models: null },
      { id: 'groq', keys: [], strategy: 'weighted', models: null },
    ],
  });
  const need = () => ({ input: 7, output: null });
  const targets = [
    { provider: 'groq', model: 'llama' },
    { provider: 'openai', model: 'gpt-5' },
    { provider: 'gone', model: 'x' },
  ];
  const groups = plan(targets, snapshot, choicesOf({}), need);
  const key = { id: 'k1', weight: 1, models: [] };
  expect(groups.map((group) => withKeys(group, group.keys))).toEqual([
    { provider: 'openai', model: 'gpt-5', keys: [key], first: key, count: 1, need },
  ]);
});

describe('strategies of keys', () => {
  const key = (id: string, weight = 1) => ({ id, weight, models: [] });
  const order = (
    strategy: 'round-robin' | 'least-used' | 'priority',
    keys: readonly ReturnType<typeof key>[],
    choices: Parameters<typeof choicesOf>[0],
  ) =>
    keysFor({ id: 'openai', keys, strategy }, 'gpt-5', choicesOf(choices))
      .all()
      .map(({ id }) => id);

  it('goes round, one place further with each request', () => {
    let turn = 0;
    const keys = [key('a'), key('b'), key('c')];
    const orders = [1, 2, 3, 4].map(() =>
      order('round-robin', keys, { turn: (round) => (round === 'provider openai' ? turn++ : 99) }).join(''),
    );
    expect(orders).toEqual(['abc', 'bca', 'cab', 'abc']);
  });

  it('takes the least used for its weight first, then the one that rested longest', () => {
    const loads = new Map([
      ['busy', { underWay: 3, lastTaken: 1 }],
      ['strong', { underWay: 4, lastTaken: 2 }],
      ['fresh', { underWay: 0, lastTaken: 9 }],
      ['rested', { underWay: 0, lastTaken: 5 }],
      ['new', { underWay: 0, lastTaken: -Infinity }],
    ]);
    const keys = [key('busy'), key('strong', 2), key('fresh'), key('rested'), key('new')];
    const load = (_provider: string, id: string) => loads.get(id) ?? { underWay: 0, lastTaken: 0 };
    expect(order('least-used', keys, { load })).toEqual(['new', 'rested', 'fresh', 'strong', 'busy']);
  });

  it('keeps keys as they are written', () =>
    expect(order('priority', [key('b'), key('a'), key('c')], {})).toEqual(['b', 'a', 'c']));
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TokenCounts } from '../../contract/log/row.ts';
import type { ModelPrice } from '../../contract/rpc/procedures/models.ts';
import { costOf, dollarsOf, dollarText, picoOf } from './money.ts';

const price = (more: Partial<ModelPrice> = {}): ModelPrice => ({
  input: 3,
  output: 15,
  cacheRead: 0.3,
  cacheWrite: 3.75,
  source: 'catalogue',
  tiered: false,
  ...more,
});
const tokens = (more: Partial<TokenCounts> = {}): TokenCounts => ({
  input: 0,
  cacheRead: 0,
  cacheWrite: 0,
  output: 0,
  reasoning: 0,
  ...more,
});

describe('the cost of an answer', () => {
  it.each<readonly [string, TokenCounts, ModelPrice | null, bigint | null]>([
    ['of nothing', tokens(), price(), 0n],
    ['of a million tokens read', tokens({ input: 1_000_000 }), price(), 3_000_000_000_000n],
    ['of one token written', tokens({ output: 1 }), price(), 15_000_000n],
    ['of one token of the cheapest', tokens({ input: 1 }), price({ input: 0.000001 }), 1n],
    ['of reasoning, which output counts', tokens({ output: 2, reasoning: 1 }), price(), 30_000_000n],
    [
      'of cached parts, which input counts',
      tokens({ input: 100, cacheRead: 60, cacheWrite: 30 }),
      price(),
      10n * 3_000_000n + 60n * 300_000n + 30n * 3_750_000n,
    ],
    [
      'of cached parts without prices of their own',
      tokens({ input: 100, cacheRead: 60, cacheWrite: 30 }),
      price({ cacheRead: null, cacheWrite: null }),
      300_000_000n,
    ],
    ['without a price', tokens({ input: 1 }), null, null],
    ['without a price for what was written', tokens({ input: 1, output: 1 }), price({ output: null }), null],
    ['without a price that is not needed', tokens({ input: 1 }), price({ output: null }), 3_000_000n],
    ['of what is free', tokens({ input: 5, output: 5 }), price({ input: 0, output: 0 }), 0n],
  ])('%s', (_, counts, of, expected) => {
    expect(costOf(counts, of)).toBe(expected);
  });

  it('parts add up exactly', () => {
    const count = fc.nat(1_000_000);
    fc.assert(
      fc.property(count, count, (one, other) => {
        const cost = (input: number): bigint => costOf(tokens({ input }), price({ input: 0.1 })) ?? -1n;
        return cost(one) + cost(other) === cost(one + other);
      }),
    );
  });
});

it.each([
  [0, 0n, '$0'],
  [20, 20_000_000_000_000n, '$20'],
  [0.0123, 12_300_000_000n, '$0.012'],
  [12.345, 12_345_000_000_000n, '$12.35'],
  [1_000_000, 1_000_000_000_000_000_000n, '$1000000'],
])('%d dollars are %s pico-dollars, written %s', (dollars, pico, text) => {
  expect(picoOf(dollars)).toBe(pico);
  expect(dollarsOf(pico)).toBeCloseTo(dollars, 9);
  expect(dollarText(pico)).toBe(text);
});

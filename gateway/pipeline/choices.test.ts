import { describe, expect, it } from 'vitest';
import { sheetOf } from '../core/price-sheet.ts';
import { costOf } from './choices.ts';

describe('the cost of a request', () => {
  const price = {
    input: 2,
    output: 10,
    cacheRead: null,
    cacheWrite: null,
    source: 'catalogue',
    tiered: false,
  } as const;
  it.each([
    ['its question and an answer of 500 tokens', price, 1_000_000, 2.005],
    ['a price of answers alone', { ...price, input: null }, 1_000_000, 0.005],
    [
      'the price of long prompts where it is one',
      { ...price, tiered: true, tiers: [{ ...price, input: 4, fromTokens: 200_001 }] },
      200_001,
      0.805004,
    ],
    ['nothing known', { ...price, input: null, output: null }, 10, undefined],
  ])('%s', (_case, known, tokens, cost) =>
    expect(costOf(sheetOf(known, 'a', null), tokens, 0)).toEqual(cost),
  );
});

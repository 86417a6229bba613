import { describe, expect, it } from 'vitest';
import { sheetOf } from '../core/price-sheet.ts';
import type { RouteMemory } from '../routing/memory.ts';
import { createTurns } from '../state/turns.ts';
import { choicesFor, costOf } from './choices.ts';

describe('turns', () => {
  const memory: RouteMemory = {
    turns: createTurns(),
    hits: { hit: () => undefined, of: () => ({ count: 0, lastAt: null }) },
    latencies: { get: () => undefined, measured: () => undefined },
    price: () => undefined,
  };
  const request = (looksOnly: boolean) =>
    choicesFor(
      { streamed: false, tokens: () => 0, complexity: () => 0, looksOnly },
      {
        random: Math.random,
        slots: { load: () => ({ underWay: 0, lastTaken: 0 }) },
        memory,
        clock: { wall: () => 0 },
      },
    );

  it('a request takes one of each round, however often it comes by and in whatever order', () => {
    const look = request(true);
    expect([look.turn('a'), look.turn('a'), look.turn('b')]).toEqual([0, 0, 0]);
    const first = request(false);
    expect([first.turn('a'), first.turn('a'), first.turn('b'), first.turn('a')]).toEqual([0, 0, 0, 0]);
    const second = request(false);
    expect([second.turn('b'), second.turn('a')]).toEqual([1, 1]);
  });
});

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

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addCounts,
  decodeCounts,
  encodeCounts,
  middleOf,
  percentilesOf,
  stretchOf,
  type DurationCounts,
} from './duration-counts.ts';

function countsOf(times: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const time of times) addCounts(counts, new Map([[stretchOf(time), 1]]));
  return counts;
}

const times = fc.array(fc.double({ min: 1, max: 80_000_000, noNaN: true }), { minLength: 1, maxLength: 300 });

describe('counts of durations', () => {
  it('give percentiles within 5 % of the real ones', () => {
    fc.assert(
      fc.property(times, fc.constantFrom(0.5, 0.95, 0.99), (all, share) => {
        const sorted = [...all].sort((left, right) => left - right);
        const real = sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
        const [found = 0] = percentilesOf(countsOf(all), [share]) ?? [];
        // A tenth of a millisecond is lost by rounding.
        expect(Math.abs(found - real)).toBeLessThanOrEqual(real * 0.05 + 0.1);
      }),
    );
  });

  it('come back as they were kept', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(195), fc.integer({ min: 1, max: 2 ** 40 }))), (pairs) => {
        const counts: DurationCounts = new Map(pairs);
        expect(decodeCounts(encodeCounts(counts))).toEqual(counts);
      }),
    );
  });

  it('can be taken away again', () => {
    const counts = countsOf([5, 5, 900]);
    addCounts(counts, countsOf([5, 900]), -1);
    expect(counts).toEqual(countsOf([5]));
  });

  it('know nothing of no times, and put what is out of range at the ends', () => {
    expect(percentilesOf(new Map(), [0.5])).toBeNull();
    expect([stretchOf(-3), stretchOf(0), stretchOf(0.5)]).toEqual([0, 0, 0]);
    expect(stretchOf(Number.MAX_VALUE)).toBe(stretchOf(1e12));
    expect(middleOf(stretchOf(1_000))).toBeGreaterThan(950);
  });

  it('pass over what was cut off', () => {
    expect(decodeCounts(Uint8Array.of(3, 2, 0x85))).toEqual(new Map([[3, 2]]));
  });
});

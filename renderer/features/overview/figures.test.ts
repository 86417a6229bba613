/** Ranges of time, scales and what needs the user. */
import { describe, expect, it } from 'vitest';
import { sampleKey, sampleProvider } from '../../testing/samples.ts';
import { attentionsOf, coolingOf } from './attention.ts';
import { linesOf, placeBuckets, polyline } from './chart-scale.ts';
import { marksOf, rangeOf } from './ranges.ts';

const NOW = new Date(2026, 10, 21, 14, 30).getTime();
const day = (date: number): number => new Date(2026, 10, date).getTime();
const HOUR = 3_600_000;

describe('a stretch of time', () => {
  it('is made of whole days of the user, today the last', () => {
    expect(rangeOf('today', NOW)).toEqual({ since: day(21), until: day(22), bucket: HOUR });
    expect(rangeOf('week', NOW)).toEqual({ since: day(15), until: day(22), bucket: 3 * HOUR });
    expect(rangeOf('month', NOW)).toMatchObject({ since: day(-8), until: day(22) });
    expect(rangeOf('today', day(22)).since).toBe(day(22));
  });

  it('is labelled at even hours, or at midnights', () => {
    const hours = marksOf('today', rangeOf('today', NOW)).map((mark) => new Date(mark).getHours());
    expect(hours).toEqual([0, 6, 12, 18]);
    const midnights = marksOf('week', rangeOf('week', NOW));
    expect(midnights).toEqual([15, 16, 17, 18, 19, 20, 21].map(day));
    expect(marksOf('month', rangeOf('month', NOW))).toHaveLength(5);
  });
});

describe('the scale', () => {
  it.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [3, [0, 1, 2, 3]],
    [7, [0, 2, 4, 6, 8]],
    [360, [0, 100, 200, 300, 400]],
    [1_000, [0, 500, 1_000]],
    [30_000_000, [0, 10_000_000, 20_000_000, 30_000_000]],
  ])('for %i has lines at %j', (highest, lines) => expect(linesOf(highest)).toEqual(lines));

  it('places every bucket that has begun, also those without a request', () => {
    const range = rangeOf('today', NOW);
    const bucket = { at: day(21) + 6 * HOUR, requests: 5, failed: 1, inputTokens: 2, outputTokens: 3 };
    const placed = placeBuckets([bucket], range, NOW);
    expect(placed).toHaveLength(15);
    expect(placed[6]).toEqual({ ...bucket, from: 0.25, length: 1 / 24 });
    expect(placed[7]).toMatchObject({ requests: 0, failed: 0 });
  });

  it('draws a line from two values on', () => {
    expect(polyline([1], 10, 10)).toBe('');
    expect(polyline([0, 2, 4], 10, 10)).toBe('0.0,10.0 5.0,5.0 10.0,0.0');
    expect(polyline([0, 0], 10, 10)).toBe('0.0,10.0 10.0,10.0');
  });
});

describe('what needs the user', () => {
  const codes = (changes: Parameters<typeof sampleProvider>[0]): readonly string[] =>
    attentionsOf([sampleProvider(changes)]).map(({ code }) => code);

  it('is a provider where there is none', () => expect(attentionsOf([])[0]?.code).toBe('no_provider'));

  it.each([
    ['nothing', {}, []],
    ['a key', { problem: 'no_key', keys: [] }, ['no_key']],
    ['nothing of what is off', { enabled: false, problem: 'no_key', keys: [] }, []],
    ['a key that is on', { problem: 'all_keys_disabled' }, ['keys_off']],
    ['a store that can be read', { keys: [sampleKey({ state: 'unavailable' })] }, ['keys_unreadable']],
    ['a better key', { keys: [sampleKey({ state: 'cooling', reason: 'key_rejected' })] }, ['key_rejected']],
    ['credit', { keys: [sampleKey({ state: 'cooling', reason: 'credit_exhausted' })] }, ['no_credit']],
    ['time alone', { keys: [sampleKey({ state: 'cooling', reason: 'rate_limited' })] }, []],
  ] as const)('is %s', (_name, changes, expected) => expect(codes(changes)).toEqual(expected));

  it('cools by itself: keys, and keys for one model, soonest first', () => {
    const key = sampleKey({
      state: 'cooling',
      reason: 'rate_limited',
      coolingFor: 9_000,
      models: [{ model: 'gpt-5', reason: 'forbidden', scope: 'model', coolingFor: 3_000 }],
    });
    const entries = coolingOf([sampleProvider({ keys: [key, sampleKey()] })]);
    expect(entries.map(({ model, reason, coolingFor }) => [model, reason, coolingFor])).toEqual([
      ['gpt-5', 'forbidden', 3_000],
      [null, 'rate_limited', 9_000],
    ]);
  });
});

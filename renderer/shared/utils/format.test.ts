import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCompact,
  formatCompactTick,
  formatCount,
  formatCountdown,
  formatDuration,
  formatMoment,
  formatSeconds,
  formatTick,
  timeAgo,
} from './format.ts';

describe('figures', () => {
  it.each([
    [0, '0'],
    [742, '742'],
    [999, '999'],
    [1_000, '1.0k'],
    [18_432, '18.4k'],
    [128_400, '128k'],
    [999_499, '999k'],
    [999_500, '1.0M'],
  ])('%d tokens in little room is %s', (value, text) => expect(formatCompact(value)).toBe(text));

  it.each([
    [0, '0'],
    [500, '500'],
    [2_500, '2.5k'],
    [50_000, '50k'],
    [100_000, '100k'],
    [2_000_000, '2M'],
  ])('%d tokens on an axis is %s', (value, text) => expect(formatCompactTick(value)).toBe(text));

  it('separates thousands', () => expect(formatCount(98_214, 'en')).toBe('98,214'));

  it.each([
    [0, '0.00'],
    [184, '0.18'],
    [9_994, '9.99'],
    [9_996, '10.0'],
    [11_420, '11.4'],
    [120_400, '120'],
  ])('%d ms is %s seconds', (value, text) => expect(formatSeconds(value, 'en')).toBe(text));

  it.each([
    [0, '0 ms'],
    [0.34, '0.3 ms'],
    [184.4, '184 ms'],
    [10_600, '10.6 s'],
    [725_000, '12:05 min'],
  ])('%d ms reads %s', (value, text) => expect(formatDuration(value, 'en')).toBe(text));

  it.each([
    [0, '0'],
    [200, '200 ms'],
    [5_000, '5 s'],
    [120_000, '2 min'],
  ])('%d ms on an axis is %s', (value, text) => expect(formatTick(value, 'en')).toBe(text));

  it.each([
    [0, '0:00'],
    [-5, '0:00'],
    [1, '0:01'],
    [59_001, '1:00'],
    [222_000, '3:42'],
    [3_723_000, '1:02:03'],
    [86_400_000, '24:00:00'],
  ])('%d ms left is %s', (value, text) => expect(formatCountdown(value)).toBe(text));

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [61_200, '61.2 KB'],
    [999_700, '1 MB'],
    [3_400_000_000, '3.4 GB'],
  ])('%d bytes is %s', (value, text) => expect(formatBytes(value, 'en')).toBe(text));
});

describe('moments', () => {
  const at = (text: string): number => new Date(text).getTime();
  const now = at('2026-11-21T14:31:36');

  it('shows the clock alone for today', () =>
    expect(formatMoment(at('2026-11-21T09:05:07'), now, 'en')).toBe('09:05:07'));

  it('adds the day for another day, the year for another year', () => {
    expect(formatMoment(at('2026-11-20T09:05:07'), now, 'en')).toBe('Nov 20, 09:05');
    expect(formatMoment(at('2025-11-20T09:05:07'), now, 'en')).toContain('2025');
  });

  it('speaks Chinese', () =>
    expect(formatMoment(at('2026-11-20T09:05:07'), now, 'zh-CN')).toBe('11月20日 09:05'));

  it.each([
    [0, 'seconds', 0],
    [-3_000, 'seconds', 0],
    [59_999, 'seconds', 59],
    [60_000, 'minutes', 1],
    [3_600_000, 'hours', 1],
    [200_000_000, 'days', 2],
  ] as const)('%d ms ago counts in %s', (passed, unit, count) =>
    expect(timeAgo(now - passed, now)).toEqual({ unit, count }),
  );
});

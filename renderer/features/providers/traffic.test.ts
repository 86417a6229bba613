import { describe, expect, it } from 'vitest';
import { barsOf, DAY, dayBefore, failsLately, HOUR } from './traffic.ts';

describe('bars of a day', () => {
  it('begin with an hour and end with the one under way', () => {
    const now = DAY * 20_000 + 1;
    expect(dayBefore(now)).toBe(DAY * 20_000 - DAY + HOUR);
    expect((now - dayBefore(now)) % HOUR).toBe(1);
  });

  it('are to scale, what failed on top', () => {
    const hours = [
      { requests: 10, failed: 5 },
      { requests: 5, failed: 0 },
    ];
    expect(barsOf(hours, 20, 10)).toEqual({
      fine: 'M0 5h7V10h-7zM10 5h7V10h-7z',
      failed: 'M0 0h7V5h-7z',
    });
  });

  it.each([
    ['no traffic', [{ requests: 0, failed: 0 }], '', ''],
    [
      'one failure among very many is still seen',
      [{ requests: 1_000, failed: 1 }],
      'M0 2h14V10h-14z',
      'M0 0h14V2h-14z',
    ],
    ['all failed', [{ requests: 3, failed: 3 }], '', 'M0 0h14V10h-14z'],
  ])('%s', (_what, hours, fine, failed) => expect(barsOf(hours, 20, 10)).toEqual({ fine, failed }));
});

describe('a provider of which every request fails', () => {
  const hour = (requests: number, failed: number) => ({ requests, failed });
  it.each([
    [[hour(9, 0), hour(3, 3), hour(0, 0)], true],
    [[hour(9, 9), hour(4, 3)], false],
    [[hour(2, 2)], false],
    [[], false],
  ])('%j is told: %s', (hours, told) => expect(failsLately({ hours })).toBe(told));
});

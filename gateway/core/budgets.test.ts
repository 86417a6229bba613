import { describe, expect, it } from 'vitest';
import { periodAt } from './budgets.ts';

/** Local moments: the tests hold in every time zone. */
const at = (...[year, month, day, hour = 0]: readonly [number, number, number, number?]): number =>
  new Date(year, month - 1, day, hour).getTime();

describe('periods are those of the local calendar', () => {
  it.each([
    ['a day', at(2026, 11, 26, 13), 'day', '2026-11-26', at(2026, 11, 26), at(2026, 11, 27)],
    ['its first moment', at(2026, 11, 26), 'day', '2026-11-26', at(2026, 11, 26), at(2026, 11, 27)],
    ['its last moment', at(2026, 11, 27) - 1, 'day', '2026-11-26', at(2026, 11, 26), at(2026, 11, 27)],
    ['a month', at(2026, 2, 28, 23), 'month', '2026-02', at(2026, 2, 1), at(2026, 3, 1)],
    ['the end of a year', at(2026, 12, 31, 23), 'month', '2026-12', at(2026, 12, 1), at(2027, 1, 1)],
    ['its last day', at(2026, 12, 31, 23), 'day', '2026-12-31', at(2026, 12, 31), at(2027, 1, 1)],
  ] as const)('%s', (_, wall, per, key, since, until) => {
    expect(periodAt(wall, per)).toEqual({ key, since, until });
  });
});

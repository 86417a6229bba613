import { expect, it } from 'vitest';
import { nextMidnightPacific, statedDate } from './stated-dates.ts';

it.each([
  ['winter', '2026-01-10T20:15:30.250Z', '2026-01-11T08:00:00.000Z'],
  ['summer', '2026-07-10T06:59:59.999Z', '2026-07-10T07:00:00.000Z'],
  ['midnight itself', '2026-07-10T07:00:00.000Z', '2026-07-11T07:00:00.000Z'],
  ['the day clocks go forward', '2026-03-08T09:00:00.000Z', '2026-03-09T07:00:00.000Z'],
  ['the day clocks go back', '2026-11-01T08:00:00.000Z', '2026-11-02T08:00:00.000Z'],
])('the next midnight Pacific, %s', (_when, now, expected) => {
  expect(new Date(nextMidnightPacific(Date.parse(now))).toISOString()).toBe(expected);
});

const NOW = Date.UTC(2026, 7, 20);

it.each([
  ['You will regain access on 2026-09-01 at 00:00 UTC.', Date.UTC(2026, 8, 1)],
  ['you will regain access on 2026-09-01.', Date.UTC(2026, 8, 1)],
  ['You will regain access on 2026-08-01 at 00:00 UTC.', undefined],
  ['You will regain access on 2026-99-99 at 00:00 UTC.', undefined],
  ['Try again later.', undefined],
])('%s', (message, expected) => {
  expect(statedDate(message, NOW)).toBe(expected);
});

import { expect, it } from 'vitest';
import { blockedFor, busyUntil, CALM, FEW, overloadOf } from './overload.ts';

it.each([
  ['worked all the time', 300, 310, 300],
  ['slept, or was stopped', 3_600_000, 2, 2],
  ['had to share its processor', 300, 120, 120],
  ['was in time', 0, 90, 0],
  ['was early, as timers are by fractions', -0.4, 90, 0],
])('a thread that %s: late by %d ms, worked %d ms, blocked for %d ms', (_what, late, worked, blocked) => {
  expect(blockedFor(late, worked)).toBe(blocked);
});

it.each([
  ['calm, and below the limit', 0, 249, 0],
  ['calm, and at the limit', 0, 250, 10_000 + CALM],
  ['busy, and below half of it', 10_400, 124, 10_400],
  ['busy, and at half of it', 10_400, 125, 10_000 + CALM],
  ['busy until now, and at half of it', 10_000, 125, 10_000],
])('%s', (_what, until, blocked, next) => {
  expect(busyUntil(until, 10_000, blocked, 250)).toBe(next);
});

it('without a limit no delay makes it busy', () => {
  expect(busyUntil(0, 10_000, 60_000, 0)).toBe(0);
});

const limits = { inFlight: 100, loopDelay: 250 };
it.each([
  ['room, and in time', 99, 0, limits, null],
  ['as many as may be', 100, 0, limits, 'full'],
  ['more than may be, since the limit was lowered', 120, 0, limits, 'full'],
  ['busy', FEW, 1, limits, 'busy'],
  ['busy with a few', FEW - 1, 1, limits, null],
  ['both', 100, 1, limits, 'full'],
  ['any number, where there is no limit', 100_000, 0, { inFlight: 0, loopDelay: 250 }, null],
  ['busy, where that does not count any more', 50, 1, { inFlight: 100, loopDelay: 0 }, null],
] as const)('%s', (_what, underWay, left, given, refusal) => {
  expect(overloadOf(underWay, 10_000, 10_000 + left, given)).toBe(refusal);
});

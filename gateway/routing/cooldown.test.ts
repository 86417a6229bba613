import fc from 'fast-check';
import { expect, it } from 'vitest';
import { afterRestart, coolingLeft, coolingPhase, cooldownLength, type Cooling } from './cooldown.ts';

const settings = { base: 30_000, ceiling: 1_800_000 };
const START = { monotonic: 5_000, wall: Date.UTC(2026, 7, 20) };
const cooling = (length: number): Cooling => ({
  reason: 'rate_limited',
  message: '',
  status: 429,
  scope: 'key',
  since: START,
  length,
  probing: false,
});

it('doubles within a fifth to either side, up to the ceiling', () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), random, (failures, chance) => {
      const length = cooldownLength(failures, undefined, 0, settings, () => chance);
      const ladder = settings.base * 2 ** Math.min(failures - 1, 30);
      expect(length).toBeGreaterThanOrEqual(Math.min(settings.ceiling, Math.floor(ladder * 0.8)));
      expect(length).toBeLessThanOrEqual(Math.min(settings.ceiling, Math.ceil(ladder * 1.2)));
    }),
  );
});

it('a hint wins over ladder, ceiling and shortest time', () => {
  expect(cooldownLength(9, 1_500.2, 3_600_000, settings, () => 0)).toBe(1_501);
  expect(cooldownLength(1, 86_400_000, 0, settings, () => 0)).toBe(86_400_000);
});

it('a hint under a second that did not hold is a second the next time, so that a hint of nothing ends somewhere', () => {
  const length = (failures: number, hint: number) => cooldownLength(failures, hint, 0, settings, () => 0);
  expect(length(1, 0)).toBe(0);
  expect(length(1, 120)).toBe(120);
  expect(length(2, 0)).toBe(1_000);
  expect(length(2, 120)).toBe(1_000);
  expect(length(2, 7_000)).toBe(7_000);
});

/** However long the process ran and whatever was done to the wall clock meanwhile. */
const path = fc.record({
  length: fc.integer({ min: 0, max: 86_400_000 }),
  ran: fc.integer({ min: 0, max: 200_000_000 }),
  set: fc.integer({ min: -100_000_000, max: 100_000_000 }),
});

it('never lasts longer than it is long, whatever the wall clock says', () => {
  fc.assert(
    fc.property(path, ({ length, ran, set }) => {
      const now = { monotonic: START.monotonic + ran, wall: START.wall + ran + set };
      expect(coolingLeft(cooling(length), now)).toBeLessThanOrEqual(Math.max(0, length - ran));
      if (ran >= length) expect(coolingPhase(cooling(length), now)).toBe('half-open');
    }),
  );
});

it('never ends by itself: what is over is tried by one', () => {
  fc.assert(
    fc.property(path, ({ length, ran, set }) => {
      const now = { monotonic: START.monotonic + ran, wall: START.wall + ran + set };
      expect(coolingPhase(cooling(length), now)).not.toBe('none');
      expect(coolingPhase({ ...cooling(length), probing: true }, now)).not.toBe('half-open');
    }),
  );
});

it('goes by the wall clock after a restart, and is never longer than it was', () => {
  fc.assert(
    fc.property(path, fc.nat(1_000_000), ({ length, set }, uptime) => {
      const now = { monotonic: uptime, wall: START.wall + set };
      const left = coolingLeft(afterRestart(cooling(length), now), now);
      expect(left).toBe(Math.min(length, Math.max(0, length - set)));
    }),
  );
});

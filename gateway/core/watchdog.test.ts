import { describe, expect, it } from 'vitest';
import { createSteppedClock } from '../testing/clock.ts';
import type { Clock } from './ports.ts';
import { startWatchdog } from './watchdog.ts';

it('expires when its time has passed since the last touch, and not before', () => {
  const clock = createSteppedClock();
  let expired = 0;
  const watchdog = startWatchdog(clock, 1_000, () => (expired += 1));
  clock.step(900);
  watchdog.touch();
  clock.step(999);
  expect(expired).toBe(0);
  clock.step(1);
  expect(expired).toBe(1);
});

it('never expires once it was stopped', () => {
  const clock = createSteppedClock();
  let expired = 0;
  startWatchdog(clock, 1_000, () => (expired += 1)).stop();
  clock.step(10_000);
  expect(expired).toBe(0);
});

describe('a process that stood still: its timers come late, and before what arrived meanwhile is read', () => {
  /** Timers that fall due while it stands still run when it goes on, all at once. */
  function createStandingClock() {
    const clock = createSteppedClock();
    let stood = 0;
    const standing: Clock = { ...clock, monotonic: () => clock.monotonic() + stood };
    return { clock: standing, step: clock.step, standStill: (span: number) => (stood += span) };
  }

  it.each([1_000, 300_000])('a touch right after it saves a time limit of %i ms', (span) => {
    const { clock, step, standStill } = createStandingClock();
    let expired = 0;
    const watchdog = startWatchdog(clock, span, () => (expired += 1));
    standStill(3_600_000);
    step(span);
    expect(expired).toBe(0);
    watchdog.touch();
    step(span - 1);
    expect(expired).toBe(0);
    step(1);
    expect(expired).toBe(1);
  });

  it.each([
    [1_000, 1_000],
    [300_000, 10_000],
  ])('silence after it ends a time limit of %i ms after %i ms more', (span, more) => {
    const { clock, step, standStill } = createStandingClock();
    let expired = 0;
    startWatchdog(clock, span, () => (expired += 1));
    standStill(3_600_000);
    step(span);
    step(more - 1);
    expect(expired).toBe(0);
    step(1);
    expect(expired).toBe(1);
  });
});

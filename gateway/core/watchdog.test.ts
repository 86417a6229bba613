import { describe, expect, it } from 'vitest';
import { createSteppedClock } from '../testing/clock.ts';
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
  it.each([1_000, 300_000])('a touch right after it saves a time limit of %i ms', (span) => {
    const clock = createSteppedClock();
    let expired = 0;
    const watchdog = startWatchdog(clock, span, () => (expired += 1));
    clock.standStill(3_600_000);
    clock.step(0);
    expect(expired).toBe(0);
    watchdog.touch();
    clock.step(span - 1);
    expect(expired).toBe(0);
    clock.step(1);
    expect(expired).toBe(1);
  });

  it.each([
    [1_000, 1_000],
    [300_000, 10_000],
  ])('silence after it ends a time limit of %i ms after %i ms more', (span, more) => {
    const clock = createSteppedClock();
    let expired = 0;
    startWatchdog(clock, span, () => (expired += 1));
    clock.standStill(3_600_000);
    clock.step(0);
    clock.step(more - 1);
    expect(expired).toBe(0);
    clock.step(1);
    expect(expired).toBe(1);
  });

  it('a process that is too busy at every look gives a silence a little more time once', () => {
    const clock = createSteppedClock();
    let expired = 0;
    const watchdog = startWatchdog(clock, 1_000, () => (expired += 1));
    const late = (): void => {
      clock.standStill(3_000);
      clock.step(0);
    };
    late();
    watchdog.touch();
    late();
    expect(expired).toBe(0);
    late();
    expect(expired).toBe(1);
  });
});

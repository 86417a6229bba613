/** Cool-downs when a clock is set, a machine sleeps, or the process starts again. */
import { describe, expect, it } from 'vitest';
import { createSteppedClock } from '../testing/clock.ts';
import { healthOfKeys, use } from '../testing/health-of-keys.ts';
import { createHealth } from './health.ts';

describe('health of keys', () => {
  it('stays what it is when the clock is set back', () => {
    const { clock, health, fail } = healthOfKeys();
    fail();
    clock.setWall(clock.wall() - 3_600_000);
    clock.step(29_999);
    expect(health.phase(use)).toBe('cooling');
    clock.step(1);
    expect(health.phase(use)).toBe('half-open');
  });

  it('is rested, but for one probe, after a sleep of which the monotonic clock saw nothing', () => {
    const { clock, health, fail } = healthOfKeys();
    fail({}, { hint: 3_600_000 });
    clock.setWall(clock.wall() + 600_000);
    expect(health.left(use)).toBe(3_000_000);
    clock.setWall(clock.wall() + 3_000_000);
    expect(health.phase(use)).toBe('half-open');
    health.began(use);
    expect(health.phase(use)).toBe('probing');
  });

  it('is not moved by a clock that is a little wrong', () => {
    const { clock, health, fail } = healthOfKeys();
    fail();
    clock.setWall(clock.wall() + 4_000);
    clock.step(29_000);
    expect(health.left(use)).toBe(1_000);
  });

  it('is known to the next process, by the wall clock and never longer than it was', () => {
    const { clock, health, fail, ports } = healthOfKeys();
    fail({}, { hint: 60_000 });
    const later = (pause: number) => {
      const next = createSteppedClock(clock.wall() + pause);
      return createHealth({ ...ports, clock: next, kept: health.kept() });
    };
    expect(later(20_000).left(use)).toBe(40_000);
    expect(later(90_000).phase(use)).toBe('half-open');
    expect(later(-3_600_000).left(use)).toBe(60_000);
    expect(later(20_000).view('openai', 'k1').cooling).toMatchObject({
      reason: 'rate_limited',
      scope: 'key',
    });
  });
});

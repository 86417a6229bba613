/** Who finds out whether a cool-down is over, and what ends it. */
import { describe, expect, it } from 'vitest';
import { healthOfKeys, detail, judgement, use } from '../testing/health-of-keys.ts';

describe('health of keys', () => {
  it('lets exactly one request probe after the time is over, and forgives all when it is answered', () => {
    const { clock, health, fail } = healthOfKeys();
    fail();
    expect(health.phase(use)).toBe('cooling');
    clock.step(29_999);
    expect(health.phase(use)).toBe('cooling');
    clock.step(1);
    expect(health.phase(use)).toBe('half-open');
    const probe = health.began(use);
    expect(health.phase(use)).toBe('probing');
    probe.succeeded();
    expect(health.phase(use)).toBe('none');
    expect(fail()).toBe(30_000);
  });

  it('is over with the first content of the probe, and cools longer when that broke off', () => {
    const { clock, health, fail } = healthOfKeys();
    fail();
    clock.step(30_000);
    const probe = health.began(use);
    probe.answers();
    expect(health.phase(use)).toBe('none');
    expect(health.view(use.provider, use.key)).toMatchObject({ consecutiveFailures: 1, inFlight: 1 });
    expect(probe.failed(judgement({}), detail)).toBe(60_000);
    expect(health.view(use.provider, use.key)).toMatchObject({ phase: 'cooling', inFlight: 0 });
  });

  it('lets another one probe when the first takes long, and is over when either is answered', () => {
    const { clock, health, fail } = healthOfKeys();
    fail();
    clock.step(30_000);
    const slow = health.began(use);
    clock.step(29_999);
    expect(health.phase(use)).toBe('probing');
    clock.step(1);
    expect(health.phase(use)).toBe('half-open');
    const second = health.began(use);
    expect(health.phase(use)).toBe('probing');
    slow.released();
    expect(health.phase(use)).toBe('probing');
    second.succeeded();
    expect(health.phase(use)).toBe('none');
  });

  it('opens again when the probing client leaves', () => {
    const { clock, health, fail } = healthOfKeys();
    fail();
    clock.step(30_000);
    health.began(use).released();
    expect(health.phase(use)).toBe('half-open');
  });

  it('is not forgiven by an answer that was under way before it began to cool', () => {
    const { clock, health, fail } = healthOfKeys();
    const earlier = health.began(use);
    fail();
    earlier.succeeded();
    expect(health.phase(use)).toBe('cooling');
    clock.step(30_000);
    const older = health.began({ ...use, key: 'k2' });
    health.began(use);
    older.released();
    expect(health.phase(use)).toBe('probing');
  });
});

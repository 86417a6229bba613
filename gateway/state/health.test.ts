import { describe, expect, it } from 'vitest';
import type { FailureDetail } from '../routing/health.ts';
import type { Judgement } from '../routing/outcome.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { createHealth } from './health.ts';

const use = { provider: 'openai', key: 'k1', model: 'gpt-5' };
const judgement = (part: Partial<Judgement>): Judgement => ({
  reason: 'rate_limited',
  scope: 'key',
  action: 'next-key',
  cools: 'key',
  atLeast: 0,
  ...part,
});
const detail = { status: 429, message: 'slow down', hint: undefined, otherKeys: ['k2'] };

function setUp() {
  const clock = createSteppedClock();
  const seen: string[] = [];
  const settings = { base: 30_000, ceiling: 120_000, maxConsecutiveFailures: 3 };
  // 0.5 is the middle of the jitter: the ladder without deviation.
  const health = createHealth(
    clock,
    () => 0.5,
    () => settings,
    (provider) => seen.push(provider),
  );
  const fail = (part: Partial<Judgement> = {}, more: Partial<FailureDetail> = {}) => {
    health.began(use);
    return health.failed(use, judgement(part), { ...detail, ...more });
  };
  return { clock, health, seen, fail };
}

describe('health of keys', () => {
  it('cools longer with each failure in a row, up to the ceiling', () => {
    const { clock, fail } = setUp();
    const lengths = [1, 2, 3, 4].map(() => {
      const length = fail();
      clock.step(length ?? 0);
      return length;
    });
    expect(lengths).toEqual([30_000, 60_000, 120_000, 120_000]);
  });

  it('believes the provider before the ladder, and its shortest sensible time before a short ladder', () => {
    const { fail } = setUp();
    expect(fail({}, { hint: 5_000 })).toBe(5_000);
    expect(fail({ atLeast: 3_600_000 })).toBe(3_600_000);
  });

  it('lets exactly one request probe after the time is over, and forgives all when it is answered', () => {
    const { clock, health, fail } = setUp();
    fail();
    expect(health.phase(use)).toBe('cooling');
    clock.step(29_999);
    expect(health.phase(use)).toBe('cooling');
    clock.step(1);
    expect(health.phase(use)).toBe('half-open');
    health.began(use);
    expect(health.phase(use)).toBe('probing');
    health.succeeded(use);
    expect(health.phase(use)).toBe('none');
    expect(fail()).toBe(30_000);
  });

  it('opens again when the probing client leaves', () => {
    const { clock, health, fail } = setUp();
    fail();
    clock.step(30_000);
    health.began(use);
    health.released(use);
    expect(health.phase(use)).toBe('half-open');
  });

  it('is not moved by a clock that is set', () => {
    const { clock, health, fail } = setUp();
    fail();
    clock.setWall(clock.wall() + 3_600_000);
    expect(health.phase(use)).toBe('cooling');
    clock.setWall(clock.wall() - 7_200_000);
    clock.step(30_000);
    expect(health.phase(use)).toBe('half-open');
  });

  it('cools only the key for the model when the model is at fault', () => {
    const { health, fail } = setUp();
    expect(fail({ cools: 'key-model', reason: 'model_unavailable' })).toBe(30_000);
    expect(health.phase(use)).toBe('cooling');
    expect(health.phase({ ...use, model: 'gpt-5-mini' })).toBe('none');
    expect(health.view('openai', 'k1')).toMatchObject({
      phase: 'none',
      models: [{ model: 'gpt-5', reason: 'model_unavailable', left: 30_000 }],
    });
  });

  it('cools for faults of the provider only after several, and never the last usable key', () => {
    const several = { cools: 'key-after-several', scope: 'provider' } as const;
    const { fail } = setUp();
    expect([fail(several), fail(several), fail(several)]).toEqual([null, null, 120_000]);
    const alone = setUp();
    const failures = [1, 2, 3, 4, 5].map(() => alone.fail(several, { otherKeys: [] }));
    expect(failures).toEqual([null, null, null, null, null]);
  });

  it('cools a provider without keys only for as long as it says itself', () => {
    const { health } = setUp();
    const keyless = { ...use, key: '' };
    health.began(keyless);
    expect(health.failed(keyless, judgement({ atLeast: 3_600_000 }), detail)).toBeNull();
    expect(health.phase(keyless)).toBe('none');
    health.began(keyless);
    expect(health.failed(keyless, judgement({}), { ...detail, hint: 1_000 })).toBe(1_000);
    expect(health.phase(keyless)).toBe('cooling');
  });

  it('marks nothing for a fault of the request', () => {
    const { health, seen, fail } = setUp();
    expect(fail({ cools: 'nothing', scope: 'request' })).toBeNull();
    expect(health.view('openai', 'k1')).toMatchObject({ phase: 'none', consecutiveFailures: 0, inFlight: 0 });
    expect(seen).toEqual([]);
  });

  it('clears one key, one provider, or all', () => {
    const { health, fail } = setUp();
    fail();
    expect(health.clear('openai', 'other')).toBe(0);
    expect(health.clear('openai', 'k1')).toBe(1);
    expect(health.phase(use)).toBe('none');
    fail();
    expect(health.clear()).toBe(1);
  });
});

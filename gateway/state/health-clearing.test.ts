/** What ends a cool-down before its time. */
import { describe, expect, it } from 'vitest';
import { detail, healthOfKeys, judgement, use } from '../testing/health-of-keys.ts';

describe('health of keys', () => {
  it('clears one key, one provider, or all', () => {
    const { health, fail } = healthOfKeys();
    fail();
    expect(health.clear('openai', 'other')).toBe(0);
    expect(health.clear('openai', 'k1')).toBe(1);
    expect(health.phase(use)).toBe('none');
    fail();
    expect(health.clear()).toBe(1);
  });

  it('ends what a check found to be over, and only that', () => {
    const { health, fail } = healthOfKeys();
    fail({ reason: 'key_rejected' });
    expect(health.recovered('openai', 'k1', 'rate_limited')).toBe(false);
    expect(health.recovered('openai', 'k1', 'key_rejected')).toBe(true);
    expect(health.phase(use)).toBe('none');
  });

  it('clears with a key what its account and provider cool for', () => {
    const { health, fail, accounts, phases } = healthOfKeys();
    for (const key of ['k1', 'k2']) accounts.set(key, 'org');
    fail({ cools: 'account' });
    fail({ cools: 'provider' });
    expect(health.clear('openai', 'k2')).toBe(2);
    expect(phases('k1', 'k2')).toEqual(['none', 'none']);
  });

  it('hears nothing of a key from calls that were made with the one before it', () => {
    const { health, fail } = healthOfKeys();
    const several = { cools: 'key-after-several', scope: 'provider' } as const;
    const [rejected, failing, limited, elsewhere] = Array.from({ length: 4 }, () => health.began(use));
    fail(several);
    fail(several);
    health.replaced('openai', 'k1');
    expect(rejected?.key.replaced).toBe(true);
    expect(rejected?.failed(judgement({ reason: 'key_rejected' }), detail)).toBeNull();
    expect(failing?.failed(judgement(several), detail)).toBeNull();
    expect(health.phase(use)).toBe('none');
    expect(health.view('openai', 'k1')).toMatchObject({ consecutiveFailures: 0, inFlight: 0 });
    // What stands above keys is as it was.
    expect(limited?.failed(judgement({ cools: 'model' }), detail)).toBe(30_000);
    expect(health.phase(use)).toBe('cooling');
    elsewhere?.succeeded();
    const now = health.began({ ...use, model: 'other' });
    expect(now.key.replaced).toBe(false);
    expect([fail(several), fail(several)]).toEqual([null, null]);
    expect(now.failed(judgement(several), detail)).toBe(30_000);
  });

  it('clears with a provider what made its keys suspect', () => {
    const { health, fail, phases } = healthOfKeys();
    for (const key of ['k1', 'k2']) fail({}, {}, { key });
    health.clear('openai');
    fail({}, {}, { key: 'k3' });
    expect(phases('k1', 'k2', 'k3', 'k4')).toEqual(['none', 'none', 'cooling', 'none']);
  });
});

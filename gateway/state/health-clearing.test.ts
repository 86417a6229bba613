/** What ends a cool-down before its time. */
import { describe, expect, it } from 'vitest';
import { healthOfKeys, use } from '../testing/health-of-keys.ts';

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

  it('clears with a provider what made its keys suspect', () => {
    const { health, fail, phases } = healthOfKeys();
    for (const key of ['k1', 'k2']) fail({}, {}, { key });
    health.clear('openai');
    fail({}, {}, { key: 'k3' });
    expect(phases('k1', 'k2', 'k3', 'k4')).toEqual(['none', 'none', 'cooling', 'none']);
  });
});

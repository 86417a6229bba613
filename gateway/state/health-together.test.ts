/** Keys that are limited together may be one account. */
import { describe, expect, it } from 'vitest';
import { healthOfKeys, detail, judgement, use } from '../testing/health-of-keys.ts';

const HOUR = 3_600_000;

describe('keys that are limited together', () => {
  it('make the others suspect: a third that is limited too cools them all', () => {
    const { fail, phases, clock } = healthOfKeys();
    fail({}, {}, { key: 'k1' });
    clock.step(400);
    fail({}, {}, { key: 'k2' });
    expect(phases('k1', 'k2', 'k3', 'k40')).toEqual(['cooling', 'cooling', 'none', 'none']);
    clock.step(3_000);
    fail({}, { hint: 20_000 }, { key: 'k3' });
    expect(phases('k3', 'k40')).toEqual(['cooling', 'cooling']);
  });

  it('cool alone when a third one answers', () => {
    const { fail, phases, health } = healthOfKeys();
    fail({}, {}, { key: 'k1' });
    fail({}, {}, { key: 'k2' });
    health.began({ ...use, key: 'k3' }).succeeded();
    fail({}, {}, { key: 'k4' });
    expect(phases('k1', 'k2', 'k4', 'k5')).toEqual(['cooling', 'cooling', 'cooling', 'none']);
  });

  it('cool alone when a stream of a third one has begun', () => {
    const { clock, fail, phases, health } = healthOfKeys();
    fail({}, {}, { key: 'k1' });
    fail({}, {}, { key: 'k2' });
    health.began({ ...use, key: 'k3' }).answers();
    clock.step(3_000);
    fail({}, {}, { key: 'k4' });
    expect(phases('k3', 'k4', 'k5')).toEqual(['none', 'cooling', 'none']);
  });

  it('are one account at once where the provider says so, or all end in the same moment', () => {
    const named = healthOfKeys();
    for (const key of ['k1', 'k2', 'k3']) named.accounts.set(key, 'org-1');
    named.accounts.set('k4', 'org-2');
    named.fail({}, {}, { key: 'k1' });
    named.fail({}, {}, { key: 'k2' });
    expect(named.phases('k3', 'k4')).toEqual(['cooling', 'none']);
    const ending = healthOfKeys();
    ending.fail({}, { reset: '1790553600000' }, { key: 'k1' });
    ending.fail({}, { reset: '1790553600000' }, { key: 'k2' });
    expect(ending.phases('k3')).toEqual(['cooling']);
  });

  it('are nothing in common when time or a known account stands between them', () => {
    const slow = healthOfKeys();
    for (const key of ['k1', 'k2', 'k3']) {
      slow.fail({}, {}, { key });
      slow.clock.step(1_001);
    }
    expect(slow.phases('k4')).toEqual(['none']);
    const apart = healthOfKeys();
    for (const key of ['k1', 'k2', 'k3']) {
      apart.accounts.set(key, `org-${key}`);
      apart.fail({}, {}, { key });
    }
    expect(apart.phases('k4')).toEqual(['none']);
  });

  it.each(['daily_quota', 'no_quota'])('for a project each (%s), say nothing of others', (reason) => {
    const { fail, phases } = healthOfKeys();
    const projects = { reason, cools: 'account-model', scope: 'account' } as const;
    for (const key of ['k1', 'k2', 'k3', 'k4'])
      fail(projects, { hint: 8 * HOUR, reset: 'midnight' }, { key });
    expect(phases('k1', 'k4', 'paid')).toEqual(['cooling', 'cooling', 'none']);
  });

  it('keep the others for a minute at the most, whatever they are told themselves', () => {
    const { fail, phases, health, clock } = healthOfKeys();
    for (const key of ['k1', 'k2', 'k3']) expect(fail({}, { hint: 8 * HOUR }, { key })).toBe(8 * HOUR);
    expect(phases('k3', 'other')).toEqual(['cooling', 'cooling']);
    clock.step(60_000);
    expect(phases('k3', 'other')).toEqual(['cooling', 'half-open']);
    // Its probe is limited as well: a minute once more for those that have not been asked yet.
    expect(fail({}, { hint: 7 * HOUR }, { key: 'other' })).toBe(7 * HOUR);
    clock.step(60_000);
    expect(phases('k3', 'other', 'last')).toEqual(['cooling', 'cooling', 'half-open']);
    health.began({ ...use, key: 'last' }).succeeded();
    expect(phases('other', 'last')).toEqual(['cooling', 'none']);
  });

  it('come back with one probe for the whole account', () => {
    const { fail, phases, clock, health } = healthOfKeys();
    for (const key of ['k1', 'k2', 'k3']) fail({}, { hint: 5_000 }, { key });
    clock.step(5_000);
    expect(phases('k4', 'k5')).toEqual(['half-open', 'half-open']);
    const probe = health.began({ ...use, key: 'k4' });
    expect(phases('k4', 'k5')).toEqual(['probing', 'probing']);
    probe.failed(judgement({}), { ...detail, hint: 7_000 });
    expect(phases('k4', 'k5')).toEqual(['cooling', 'cooling']);
    clock.step(7_000);
    health.began({ ...use, key: 'k5' }).succeeded();
    expect(phases('k4', 'k5')).toEqual(['none', 'none']);
  });
});

/** Faults of a provider on its last usable key: it stands back behind other targets, and is asked where there is none. */
import { describe, expect, it } from 'vitest';
import { healthOfKeys, use } from '../testing/health-of-keys.ts';
import { createHealth } from './health.ts';

const several = { cools: 'key-after-several', reason: 'upstream_error', scope: 'provider' } as const;
const alone = { status: 500, otherKeys: [] };
const second = { ...use, key: 'k2' };

describe('the last usable key of a provider that fails', () => {
  it('stands back after several failures, and may be asked where nothing else is left', () => {
    const { health, fail } = healthOfKeys();
    const state = () => [health.phase(use), health.mayAsLastResort(use), health.left(use)];
    expect([fail(several, alone), fail(several, alone), state()]).toEqual([null, null, ['none', false, 0]]);
    expect([fail(several, alone), state()]).toEqual([null, ['cooling', true, 30_000]]);
    expect(health.view('openai', 'k1')).toMatchObject({ phase: 'none', left: 0, consecutiveFailures: 3 });
  });

  it('stands back no longer for those who asked it for want of another one, and longer when its probe fails', () => {
    const { clock, health, fail } = healthOfKeys();
    for (let count = 0; count < 3; count += 1) fail(several, alone);
    clock.step(10_000);
    fail(several, alone);
    expect(health.left(use)).toBe(20_000);
    clock.step(20_000);
    expect([health.phase(use), health.mayAsLastResort(use)]).toEqual(['half-open', false]);
    const probe = health.began(use);
    expect([health.phase(use), health.mayAsLastResort(use)]).toEqual(['probing', true]);
    probe.released();
    fail(several, alone);
    expect(health.left(use)).toBe(60_000);
  });

  it('is back with the first good answer, whoever asked', () => {
    const { health, fail } = healthOfKeys();
    for (const answers of [true, false]) {
      for (let count = 0; count < 3; count += 1) fail(several, alone);
      const trial = health.began(use);
      if (answers) trial.answers();
      else trial.succeeded();
      expect(health.phase(use)).toBe('none');
      if (answers) trial.released();
    }
  });

  it('is not asked when it cools for more than that', () => {
    const { health, fail } = healthOfKeys();
    for (let count = 0; count < 3; count += 1) fail(several, alone);
    expect(fail({ reason: 'key_rejected' }, { status: 401 })).toBe(30_000);
    expect([health.phase(use), health.mayAsLastResort(use)]).toEqual(['cooling', false]);
    // A call that was under way says nothing that ends it.
    fail(several, { ...alone, hint: 5_000 });
    expect(health.mayAsLastResort(use)).toBe(false);
  });

  it('stays the last one: another key that fails again rests as any other', () => {
    const { health, fail } = healthOfKeys();
    for (let count = 0; count < 3; count += 1) fail(several, { status: 500, otherKeys: ['k2'] });
    for (let count = 0; count < 3; count += 1) {
      fail(several, { status: 500, otherKeys: ['k1'] }, { key: 'k2' });
    }
    expect([health.mayAsLastResort(use), health.mayAsLastResort(second)]).toEqual([false, true]);
    fail(several, { status: 500, otherKeys: ['k2'] });
    expect([health.mayAsLastResort(use), health.mayAsLastResort(second)]).toEqual([false, true]);
  });

  it('may be that of a provider without keys', () => {
    const { health, fail } = healthOfKeys();
    const keyless = { ...use, key: '' };
    for (let count = 0; count < 3; count += 1) fail(several, alone, { key: '' });
    expect([health.phase(keyless), health.mayAsLastResort(keyless)]).toEqual(['cooling', true]);
  });

  it('is forgotten by a restart and by a user who clears', () => {
    const { clock, health, fail, ports } = healthOfKeys();
    for (let count = 0; count < 3; count += 1) fail(several, alone);
    expect(createHealth({ ...ports, clock, kept: health.kept() }).phase(use)).toBe('none');
    expect([health.clear('openai', 'k1'), health.phase(use)]).toEqual([1, 'none']);
  });
});

describe('a time that a failing provider asks to be left alone for', () => {
  it('is kept to at once, whatever the count', () => {
    const { health, fail } = healthOfKeys();
    expect(fail(several, { status: 503, hint: 60_000 })).toBe(60_000);
    expect([health.phase(use), health.phase(second)]).toEqual(['cooling', 'none']);
  });

  it('is believed up to the longest rest', () => {
    expect(healthOfKeys().fail(several, { status: 503, hint: 86_400_000 })).toBe(120_000);
  });

  it('is none where it is no time at all', () => {
    const { health, fail } = healthOfKeys();
    expect([fail(several, { status: 503, hint: 0 }), health.phase(use)]).toEqual([null, 'none']);
  });

  it('lets the last key stand back, and a later word holds', () => {
    const { health, fail } = healthOfKeys();
    fail(several, { ...alone, hint: 60_000 });
    expect([health.mayAsLastResort(use), health.left(use)]).toEqual([true, 60_000]);
    fail(several, { ...alone, hint: 20_000 });
    expect(health.left(use)).toBe(20_000);
  });
});

/** A provider that is not reached rests as a whole, and shortly. */
import { describe, expect, it } from 'vitest';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import { healthOfKeys, use } from '../testing/health-of-keys.ts';
import { createHealth } from './health.ts';

describe('a provider that is not reached', () => {
  const nobody = { cools: 'provider-unreached', reason: 'upstream_unreachable', scope: 'network' } as const;
  const gone = { status: null };
  const failures = (fail: ReturnType<typeof healthOfKeys>['fail'], count: number, key = 'k1') =>
    Array.from({ length: count }, () => fail(nobody, gone, { key }));

  it.each(['k1', ''])('rests shortly after several in a row, whatever the key (%j)', (key) => {
    const { clock, health, fail } = healthOfKeys();
    expect(failures(fail, 3, key)).toEqual([null, null, 5_000]);
    expect(health.phase({ provider: 'openai', key: 'k2', model: 'other' })).toBe('cooling');
    expect(health.phase({ provider: 'groq', key: 'k1', model: 'gpt-5' })).toBe('none');
    expect(health.view('openai', key)).toMatchObject({
      phase: 'cooling',
      cooling: { reason: 'upstream_unreachable', scope: 'provider' },
    });
    const lengths = Array.from({ length: 5 }, () => {
      clock.step(health.left({ ...use, key }));
      expect(health.phase({ ...use, key })).toBe('half-open');
      return fail(nobody, gone, { key });
    });
    expect(lengths).toEqual([10_000, 20_000, 30_000, 30_000, 30_000]);
  });

  it('rests in the words that were said of it, as data too', () => {
    const { health, fail } = healthOfKeys();
    const told = remark('connection-refused');
    for (let count = 0; count < 3; count += 1) fail(nobody, { ...gone, message: told.text, told });
    expect(health.view('openai', 'k1').cooling).toMatchObject({ message: told.text, told });
  });

  it('is no longer at rest for requests that failed together or had nowhere else to go', () => {
    const { clock, fail } = healthOfKeys();
    failures(fail, 40);
    clock.step(2_000);
    expect(failures(fail, 40).at(-1)).toBe(3_000);
    clock.step(3_000);
    expect(fail(nobody, gone)).toBe(10_000);
  });

  it('is awake with any answer, of whatever key, and counts from the beginning', () => {
    const { health, fail } = healthOfKeys();
    failures(fail, 3);
    health.began({ ...use, key: 'k2' }).succeeded();
    expect(health.phase(use)).toBe('none');
    failures(fail, 2);
    fail({ cools: 'nothing', reason: 'request_rejected' }, { status: 400 });
    expect(failures(fail, 3)).toEqual([null, null, 5_000]);
    fail({ cools: 'key-after-several', reason: 'upstream_error' }, { status: 500 });
    expect(health.phase(use)).toBe('none');
    failures(fail, 3);
    health.began(use).answers();
    expect(health.phase(use)).toBe('none');
  });

  it('is not awake because a client left', () => {
    const { health, fail } = healthOfKeys();
    failures(fail, 3);
    health.began(use).released();
    expect(health.phase(use)).toBe('cooling');
  });

  it('may be tried where nothing else is left, unless a key cools for more than that', () => {
    const { clock, health, fail } = healthOfKeys();
    fail();
    const second = { ...use, key: 'k2' };
    expect([health.mayAsLastResort(use), health.mayAsLastResort(second)]).toEqual([false, false]);
    failures(fail, 3);
    expect([health.mayAsLastResort(use), health.mayAsLastResort(second)]).toEqual([false, true]);
    clock.step(5_000);
    // Whoever comes now is the probe; until it is back the others may try as before.
    expect(health.mayAsLastResort(second)).toBe(false);
    health.began(second);
    expect(health.mayAsLastResort(second)).toBe(true);
  });

  it('is forgotten by a restart, a check that reached it, and a user who clears', () => {
    const { clock, health, fail, ports } = healthOfKeys();
    failures(fail, 3);
    expect(createHealth({ ...ports, clock, kept: health.kept() }).phase(use)).toBe('none');
    expect(health.recovered('openai', 'k1', 'upstream_unreachable')).toBe(true);
    expect(failures(fail, 3)).toEqual([null, null, 5_000]);
    expect(health.clear('openai')).toBe(1);
    expect(failures(fail, 3)).toEqual([null, null, 5_000]);
  });
});

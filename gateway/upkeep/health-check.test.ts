import { describe, expect, it } from 'vitest';
import type { KeyCheck } from '../../contract/rpc/procedures/providers.ts';
import type { RuntimeKey } from '../core/runtime-provider.ts';
import { createHealth } from '../state/health.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { createHealthCheck } from './health-check.ts';

const MINUTE = 60_000;
const silent = (): void => undefined;
const logger = { debug: silent, info: silent, warn: silent, error: silent };
const works: KeyCheck = { result: 'works', status: 200, message: null, took: 1 };
const refused: KeyCheck = { result: 'refused', status: 401, message: 'No such key', took: 1 };

function setUp(answer: () => KeyCheck) {
  const clock = createSteppedClock();
  const settings = { base: 30_000, ceiling: 60 * MINUTE, maxConsecutiveFailures: 3 };
  const health = createHealth({
    clock,
    random: () => 0.5,
    settings: () => settings,
    accountOf: () => undefined,
    changed: silent,
  });
  const asked: string[] = [];
  let interval = 5 * MINUTE;
  const key = (id: string): RuntimeKey => ({
    id,
    secret: `secret-${id}`,
    fingerprint: null,
    maxConcurrency: 0,
    rpm: 0,
    tpm: 0,
  });
  const provider = { id: 'one', keys: new Map(['k1', 'k2'].map((id) => [id, key(id)])) };
  const upkeep = createHealthCheck({
    clock,
    logger,
    interval: () => interval,
    providers: () => [provider],
    health,
    check(_provider, _key, secret) {
      asked.push(secret);
      return Promise.resolve(answer());
    },
    changed: silent,
  });
  const cool = (reason: string, hint?: number) =>
    health
      .began({ provider: 'one', key: 'k1', model: 'm' })
      .failed(
        { reason, scope: 'key', action: 'next-key', cools: 'key', atLeast: 0 },
        { status: 401, message: 'no', hint, otherKeys: [] },
      );
  const phase = () => health.view('one', 'k1').phase;
  return { clock, health, asked, upkeep, cool, phase, setInterval: (span: number) => (interval = span) };
}

describe('the background check', () => {
  it('asks about keys that cool and about no other, and takes back what works', async () => {
    const { asked, upkeep, cool, phase, clock } = setUp(() => works);
    await upkeep.round();
    expect(asked).toEqual([]);
    cool('key_rejected', 60 * MINUTE);
    await upkeep.round();
    expect(asked).toEqual(['secret-k1']);
    expect(phase()).toBe('none');
    expect(upkeep.probeOf('one', 'k1')).toEqual({
      at: clock.wall(),
      result: 'works',
      verdict: 'reactivated',
    });
    expect(upkeep.probeOf('one', 'k2')).toBeNull();
  });

  it('leaves what it cannot tell about, and says so', async () => {
    const { upkeep, cool, phase } = setUp(() => works);
    cool('rate_limited', 60 * MINUTE);
    await upkeep.round();
    expect(phase()).toBe('cooling');
    expect(upkeep.probeOf('one', 'k1')).toMatchObject({ result: 'works', verdict: 'cannot-tell' });
  });

  it('is the probe of a key whose time is over: refused, it cools longer, and no request finds out', async () => {
    const { upkeep, cool, phase, clock, health } = setUp(() => refused);
    cool('key_rejected');
    clock.step(10_000);
    await upkeep.round();
    expect(health.view('one', 'k1').left).toBe(20_000);
    clock.step(20_000);
    expect(phase()).toBe('half-open');
    await upkeep.round();
    expect(health.view('one', 'k1')).toMatchObject({
      phase: 'cooling',
      left: 60_000,
      cooling: { reason: 'key_rejected', message: 'No such key' },
    });
  });

  it('keeps the pace of the configuration, and stops with it', async () => {
    const { upkeep, cool, asked, clock, setInterval } = setUp(() => refused);
    cool('key_rejected', 24 * 60 * MINUTE);
    upkeep.follow();
    const rounds = async (span: number): Promise<number> => {
      clock.step(span);
      await upkeep.round();
      await Promise.resolve();
      return asked.splice(0).length;
    };
    clock.step(5 * MINUTE - 1);
    expect(asked).toEqual([]);
    clock.step(1);
    expect(asked).toEqual(['secret-k1']);
    await rounds(0);
    setInterval(0);
    upkeep.follow();
    clock.step(60 * MINUTE);
    expect(asked).toEqual([]);
  });
});

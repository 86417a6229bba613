import { describe, expect, it } from 'vitest';
import type { FailureDetail, KeyUse } from '../routing/health.ts';
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
  const accounts = new Map<string, string>();
  const ports = {
    clock,
    random: () => 0.5,
    settings: () => settings,
    accountOf: (_provider: string, key: string) => accounts.get(key),
    changed: (provider: string) => void seen.push(provider),
  };
  const health = createHealth(ports);
  const fail = (
    part: Partial<Judgement> = {},
    more: Partial<FailureDetail> = {},
    which: Partial<KeyUse> = {},
  ) => health.began({ ...use, ...which }).failed(judgement(part), { ...detail, ...more });
  const phases = (...keys: readonly string[]) => keys.map((key) => health.phase({ ...use, key }));
  return { clock, health, seen, fail, accounts, phases, ports };
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
    const probe = health.began(use);
    expect(health.phase(use)).toBe('probing');
    probe.succeeded();
    expect(health.phase(use)).toBe('none');
    expect(fail()).toBe(30_000);
  });

  it('is over with the first content of the probe, and cools longer when that broke off', () => {
    const { clock, health, fail } = setUp();
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
    const { clock, health, fail } = setUp();
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
    const { clock, health, fail } = setUp();
    fail();
    clock.step(30_000);
    health.began(use).released();
    expect(health.phase(use)).toBe('half-open');
  });

  it('stays what it is when the clock is set back', () => {
    const { clock, health, fail } = setUp();
    fail();
    clock.setWall(clock.wall() - 3_600_000);
    clock.step(29_999);
    expect(health.phase(use)).toBe('cooling');
    clock.step(1);
    expect(health.phase(use)).toBe('half-open');
  });

  it('is rested, but for one probe, after a sleep of which the monotonic clock saw nothing', () => {
    const { clock, health, fail } = setUp();
    fail({}, { hint: 3_600_000 });
    clock.setWall(clock.wall() + 600_000);
    expect(health.left(use)).toBe(3_000_000);
    clock.setWall(clock.wall() + 3_000_000);
    expect(health.phase(use)).toBe('half-open');
    health.began(use);
    expect(health.phase(use)).toBe('probing');
  });

  it('is not moved by a clock that is a little wrong', () => {
    const { clock, health, fail } = setUp();
    fail();
    clock.setWall(clock.wall() + 4_000);
    clock.step(29_000);
    expect(health.left(use)).toBe(1_000);
  });

  it('is known to the next process, by the wall clock and never longer than it was', () => {
    const { clock, health, fail, ports } = setUp();
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
    expect([fail(several), fail(several), fail(several)]).toEqual([null, null, 30_000]);
    const alone = setUp();
    const failures = [1, 2, 3, 4, 5].map(() => alone.fail(several, { otherKeys: [] }));
    expect(failures).toEqual([null, null, null, null, null]);
  });

  it('requests that fail together make a cool-down no longer than one of them would', () => {
    const { clock, health } = setUp();
    const together = (): (number | null)[] =>
      Array.from({ length: 20 }, () => health.began(use)).map((trial) => trial.failed(judgement({}), detail));
    expect(new Set(together())).toEqual(new Set([30_000]));
    clock.step(30_000);
    expect(new Set(together())).toEqual(new Set([60_000]));
    expect(health.view('openai', 'k1').consecutiveFailures).toBe(40);
  });

  it('what else a request under way says of a resting key holds where it holds longer', () => {
    const { health } = setUp();
    const [first, empty, again, told] = Array.from({ length: 4 }, () => health.began(use));
    expect(first?.failed(judgement({}), detail)).toBe(30_000);
    expect(empty?.failed(judgement({ reason: 'credit_exhausted', atLeast: 3_600_000 }), detail)).toBe(
      3_600_000,
    );
    expect(again?.failed(judgement({}), detail)).toBe(3_600_000);
    expect(told?.failed(judgement({}), { ...detail, hint: 7_000 })).toBe(7_000);
  });

  it('failures of a key that was the last one do not make its first rest a long one', () => {
    const { clock, fail } = setUp();
    const several = { cools: 'key-after-several', scope: 'provider' } as const;
    for (let count = 0; count < 50; count += 1) fail(several, { otherKeys: [] });
    expect(fail(several)).toBe(30_000);
    clock.step(30_000);
    expect(fail(several)).toBe(60_000);
  });

  it('cools a provider without keys only for as long as it says itself', () => {
    const { health } = setUp();
    const keyless = { ...use, key: '' };
    expect(health.began(keyless).failed(judgement({ atLeast: 3_600_000 }), detail)).toBeNull();
    expect(health.phase(keyless)).toBe('none');
    expect(health.began(keyless).failed(judgement({}), { ...detail, hint: 1_000 })).toBe(1_000);
    expect(health.phase(keyless)).toBe('cooling');
  });

  it('marks nothing for a fault of the request', () => {
    const { health, seen, fail } = setUp();
    expect(fail({ cools: 'nothing', scope: 'request' })).toBeNull();
    expect(health.view('openai', 'k1')).toMatchObject({ phase: 'none', consecutiveFailures: 0, inFlight: 0 });
    expect(seen).toEqual([]);
  });

  describe('a provider that is not reached', () => {
    const nobody = { cools: 'provider-unreached', reason: 'upstream_unreachable', scope: 'network' } as const;
    const gone = { status: null };
    const failures = (fail: ReturnType<typeof setUp>['fail'], count: number, key = 'k1') =>
      Array.from({ length: count }, () => fail(nobody, gone, { key }));

    it.each(['k1', ''])('rests shortly after several in a row, whatever the key (%j)', (key) => {
      const { clock, health, fail } = setUp();
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

    it('is no longer at rest for requests that failed together or had nowhere else to go', () => {
      const { clock, fail } = setUp();
      failures(fail, 40);
      clock.step(2_000);
      expect(failures(fail, 40).at(-1)).toBe(3_000);
      clock.step(3_000);
      expect(fail(nobody, gone)).toBe(10_000);
    });

    it('is awake with any answer, of whatever key, and counts from the beginning', () => {
      const { health, fail } = setUp();
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
      const { health, fail } = setUp();
      failures(fail, 3);
      health.began(use).released();
      expect(health.phase(use)).toBe('cooling');
    });

    it('may be tried where nothing else is left, unless a key cools for more than that', () => {
      const { clock, health, fail } = setUp();
      fail();
      const second = { ...use, key: 'k2' };
      expect([health.restsUnreached(use), health.restsUnreached(second)]).toEqual([false, false]);
      failures(fail, 3);
      expect([health.restsUnreached(use), health.restsUnreached(second)]).toEqual([false, true]);
      clock.step(5_000);
      // Whoever comes now is the probe; until it is back the others may try as before.
      expect(health.restsUnreached(second)).toBe(false);
      health.began(second);
      expect(health.restsUnreached(second)).toBe(true);
    });

    it('is forgotten by a restart, a check that reached it, and a user who clears', () => {
      const { clock, health, fail, ports } = setUp();
      failures(fail, 3);
      expect(createHealth({ ...ports, clock, kept: health.kept() }).phase(use)).toBe('none');
      expect(health.recovered('openai', 'k1', 'upstream_unreachable')).toBe(true);
      expect(failures(fail, 3)).toEqual([null, null, 5_000]);
      expect(health.clear('openai')).toBe(1);
      expect(failures(fail, 3)).toEqual([null, null, 5_000]);
    });
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

  it('is not forgiven by an answer that was under way before it began to cool', () => {
    const { clock, health, fail } = setUp();
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

  it('cools what is at fault and nothing else', () => {
    const scopes = (cools: Judgement['cools'], account?: string) => {
      const { health, fail, accounts } = setUp();
      if (account !== undefined) for (const key of ['k1', 'k2']) accounts.set(key, account);
      fail({ cools, reason: 'x' });
      return ['k1 gpt-5', 'k1 other', 'k2 gpt-5', 'k2 other', 'k1 a:free']
        .map((name) => name.split(' '))
        .filter(([key = '', model = '']) => health.phase({ provider: 'openai', key, model }) !== 'none')
        .map((name) => name.join(' '));
    };
    expect(scopes('key')).toEqual(['k1 gpt-5', 'k1 other', 'k1 a:free']);
    expect(scopes('key-model')).toEqual(['k1 gpt-5']);
    expect(scopes('account')).toEqual(['k1 gpt-5', 'k1 other', 'k1 a:free']);
    expect(scopes('account', 'org')).toEqual(['k1 gpt-5', 'k1 other', 'k2 gpt-5', 'k2 other', 'k1 a:free']);
    expect(scopes('account-model')).toEqual(['k1 gpt-5']);
    expect(scopes('account-model', 'org')).toEqual(['k1 gpt-5', 'k2 gpt-5']);
    expect(scopes('model')).toEqual(['k1 gpt-5', 'k2 gpt-5']);
    expect(scopes('provider')).toEqual(['k1 gpt-5', 'k1 other', 'k2 gpt-5', 'k2 other', 'k1 a:free']);
  });

  it('cools the free models of an account, all of them and no other', () => {
    const { health, fail } = setUp();
    fail({ cools: 'account-free', reason: 'free_limit' }, {}, { model: 'a/b:free' });
    const phase = (model: string) => health.phase({ ...use, model });
    expect([phase('a/b:free'), phase('c/d:free'), phase('a/b')]).toEqual(['cooling', 'cooling', 'none']);
    expect(health.view('openai', 'k1').models).toMatchObject([{ model: '*:free', reason: 'free_limit' }]);
  });

  it('never cools the last key that the model can use, whatever the others cool for', () => {
    const { fail, health } = setUp();
    const several = { cools: 'key-after-several', scope: 'provider' } as const;
    fail({ cools: 'key-model' }, {}, { key: 'k2' });
    expect([fail(several), fail(several), fail(several), fail(several)]).toEqual([null, null, null, null]);
    expect(health.phase(use)).toBe('none');
  });

  describe('keys that are limited together', () => {
    it('make the others suspect: a third that is limited too cools them all', () => {
      const { fail, phases, clock } = setUp();
      fail({}, {}, { key: 'k1' });
      clock.step(400);
      fail({}, {}, { key: 'k2' });
      expect(phases('k1', 'k2', 'k3', 'k40')).toEqual(['cooling', 'cooling', 'none', 'none']);
      clock.step(3_000);
      fail({}, { hint: 20_000 }, { key: 'k3' });
      expect(phases('k3', 'k40')).toEqual(['cooling', 'cooling']);
    });

    it('cool alone when a third one answers', () => {
      const { fail, phases, health } = setUp();
      fail({}, {}, { key: 'k1' });
      fail({}, {}, { key: 'k2' });
      health.began({ ...use, key: 'k3' }).succeeded();
      fail({}, {}, { key: 'k4' });
      expect(phases('k1', 'k2', 'k4', 'k5')).toEqual(['cooling', 'cooling', 'cooling', 'none']);
    });

    it('are one account at once where the provider says so, or all end in the same moment', () => {
      const named = setUp();
      for (const key of ['k1', 'k2', 'k3']) named.accounts.set(key, 'org-1');
      named.accounts.set('k4', 'org-2');
      named.fail({}, {}, { key: 'k1' });
      named.fail({}, {}, { key: 'k2' });
      expect(named.phases('k3', 'k4')).toEqual(['cooling', 'none']);
      const ending = setUp();
      ending.fail({}, { reset: '1790553600000' }, { key: 'k1' });
      ending.fail({}, { reset: '1790553600000' }, { key: 'k2' });
      expect(ending.phases('k3')).toEqual(['cooling']);
    });

    it('are nothing in common when time or a known account stands between them', () => {
      const slow = setUp();
      for (const key of ['k1', 'k2', 'k3']) {
        slow.fail({}, {}, { key });
        slow.clock.step(1_001);
      }
      expect(slow.phases('k4')).toEqual(['none']);
      const apart = setUp();
      for (const key of ['k1', 'k2', 'k3']) {
        apart.accounts.set(key, `org-${key}`);
        apart.fail({}, {}, { key });
      }
      expect(apart.phases('k4')).toEqual(['none']);
    });

    it('come back with one probe for the whole account', () => {
      const { fail, phases, clock, health } = setUp();
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

  it('ends what a check found to be over, and only that', () => {
    const { health, fail } = setUp();
    fail({ reason: 'key_rejected' });
    expect(health.recovered('openai', 'k1', 'rate_limited')).toBe(false);
    expect(health.recovered('openai', 'k1', 'key_rejected')).toBe(true);
    expect(health.phase(use)).toBe('none');
  });

  it('clears with a key what its account and provider cool for', () => {
    const { health, fail, accounts, phases } = setUp();
    for (const key of ['k1', 'k2']) accounts.set(key, 'org');
    fail({ cools: 'account' });
    fail({ cools: 'provider' });
    expect(health.clear('openai', 'k2')).toBe(2);
    expect(phases('k1', 'k2')).toEqual(['none', 'none']);
  });

  it('clears with a provider what made its keys suspect', () => {
    const { health, fail, phases } = setUp();
    for (const key of ['k1', 'k2']) fail({}, {}, { key });
    health.clear('openai');
    fail({}, {}, { key: 'k3' });
    expect(phases('k1', 'k2', 'k3', 'k4')).toEqual(['none', 'none', 'cooling', 'none']);
  });
});

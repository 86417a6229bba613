/** What cools after a failure, and for how long. */
import { describe, expect, it } from 'vitest';
import type { Judgement } from '../routing/outcome.ts';
import { healthOfKeys, detail, judgement, use } from '../testing/health-of-keys.ts';

describe('health of keys', () => {
  it('cools longer with each failure in a row, up to the ceiling', () => {
    const { clock, fail } = healthOfKeys();
    const lengths = [1, 2, 3, 4].map(() => {
      const length = fail();
      clock.step(length ?? 0);
      return length;
    });
    expect(lengths).toEqual([30_000, 60_000, 120_000, 120_000]);
  });

  it('believes the provider before the ladder, and its shortest sensible time before a short ladder', () => {
    const { fail } = healthOfKeys();
    expect(fail({}, { hint: 5_000 })).toBe(5_000);
    expect(fail({ atLeast: 3_600_000 })).toBe(3_600_000);
  });

  it('cools only the key for the model when the model is at fault', () => {
    const { health, fail } = healthOfKeys();
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
    const { fail } = healthOfKeys();
    expect([fail(several), fail(several), fail(several)]).toEqual([null, null, 30_000]);
    const alone = healthOfKeys();
    const failures = [1, 2, 3, 4, 5].map(() => alone.fail(several, { otherKeys: [] }));
    expect(failures).toEqual([null, null, null, null, null]);
  });

  it('requests that fail together make a cool-down no longer than one of them would', () => {
    const { clock, health } = healthOfKeys();
    const together = (): (number | null)[] =>
      Array.from({ length: 20 }, () => health.began(use)).map((trial) => trial.failed(judgement({}), detail));
    expect(new Set(together())).toEqual(new Set([30_000]));
    clock.step(30_000);
    expect(new Set(together())).toEqual(new Set([60_000]));
    expect(health.view('openai', 'k1').consecutiveFailures).toBe(40);
  });

  it('what else a request under way says of a resting key holds where it holds longer', () => {
    const { health } = healthOfKeys();
    const [first, empty, again, told] = Array.from({ length: 4 }, () => health.began(use));
    expect(first?.failed(judgement({}), detail)).toBe(30_000);
    expect(empty?.failed(judgement({ reason: 'credit_exhausted', atLeast: 3_600_000 }), detail)).toBe(
      3_600_000,
    );
    expect(again?.failed(judgement({}), detail)).toBe(3_600_000);
    // The key is limited for a moment besides; its credit is as empty as before.
    expect(told?.failed(judgement({}), { ...detail, hint: 7_000 })).toBe(3_600_000);
    expect(health.cooling(use)?.reason).toBe('credit_exhausted');
  });

  it('the newest word of the provider on the same matter holds', () => {
    const { health } = healthOfKeys();
    const [first, later] = [health.began(use), health.began(use)];
    expect(first.failed(judgement({}), { ...detail, hint: 60_000 })).toBe(60_000);
    expect(later.failed(judgement({}), { ...detail, hint: 7_000 })).toBe(7_000);
  });

  it('an answer whose client left stands between failures as any other', () => {
    const { health, fail } = healthOfKeys();
    const several = { cools: 'key-after-several', scope: 'provider' } as const;
    expect([fail(several), fail(several)]).toEqual([null, null]);
    const answered = health.began(use);
    answered.answers();
    answered.released();
    expect(health.view('openai', 'k1').consecutiveFailures).toBe(0);
    expect([fail(several), fail(several)]).toEqual([null, null]);
    health.began(use).released();
    expect(fail(several)).toBe(30_000);
  });

  it('failures of a key that was the last one do not make its first rest a long one', () => {
    const { clock, fail } = healthOfKeys();
    const several = { cools: 'key-after-several', scope: 'provider' } as const;
    for (let count = 0; count < 50; count += 1) fail(several, { otherKeys: [] });
    expect(fail(several)).toBe(30_000);
    clock.step(30_000);
    expect(fail(several)).toBe(60_000);
  });

  it('cools a provider without keys only for as long as it says itself', () => {
    const { health } = healthOfKeys();
    const keyless = { ...use, key: '' };
    expect(health.began(keyless).failed(judgement({ atLeast: 3_600_000 }), detail)).toBeNull();
    expect(health.phase(keyless)).toBe('none');
    expect(health.began(keyless).failed(judgement({}), { ...detail, hint: 1_000 })).toBe(1_000);
    expect(health.phase(keyless)).toBe('cooling');
  });

  it('marks nothing for a fault of the request', () => {
    const { health, seen, fail } = healthOfKeys();
    expect(fail({ cools: 'nothing', scope: 'request' })).toBeNull();
    expect(health.view('openai', 'k1')).toMatchObject({ phase: 'none', consecutiveFailures: 0, inFlight: 0 });
    expect(seen).toEqual([]);
  });

  it('cools what is at fault and nothing else', () => {
    const scopes = (cools: Judgement['cools'], account?: string) => {
      const { health, fail, accounts } = healthOfKeys();
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
    const { health, fail } = healthOfKeys();
    fail({ cools: 'account-free', reason: 'free_limit' }, {}, { model: 'a/b:free' });
    const phase = (model: string) => health.phase({ ...use, model });
    expect([phase('a/b:free'), phase('c/d:free'), phase('a/b')]).toEqual(['cooling', 'cooling', 'none']);
    expect(health.view('openai', 'k1').models).toMatchObject([{ model: '*:free', reason: 'free_limit' }]);
  });

  it('never cools the last key that the model can use, whatever the others cool for', () => {
    const { fail, health } = healthOfKeys();
    const several = { cools: 'key-after-several', scope: 'provider' } as const;
    fail({ cools: 'key-model' }, {}, { key: 'k2' });
    expect([fail(several), fail(several), fail(several), fail(several)]).toEqual([null, null, null, null]);
    expect(health.view('openai', 'k1').phase).toBe('none');
    expect(health.mayAsLastResort(use)).toBe(true);
  });
});

/** The health of keys with a clock to step, for the key and model that its tests speak of. */
import type { FailureDetail, KeyUse } from '../routing/health.ts';
import type { Judgement } from '../routing/outcome.ts';
import { createHealth } from '../state/health.ts';
import { createSteppedClock } from './clock.ts';

/** The use of a key that most tests speak of. */
export const use = { provider: 'openai', key: 'k1', model: 'gpt-5' };
/** That a key is asked too often, apart from what the test says. */
export const judgement = (part: Partial<Judgement>): Judgement => ({
  reason: 'rate_limited',
  scope: 'key',
  action: 'next-key',
  cools: 'key',
  atLeast: 0,
  ...part,
});
/** What an answer says besides; the provider has a second key. */
export const detail = { status: 429, message: 'slow down', hint: undefined, otherKeys: ['k2'] };

/** `fail` is a request that fails, of another key or model where told; `seen` are the providers that changed. */
export function healthOfKeys() {
  const clock = createSteppedClock();
  const seen: string[] = [];
  const settings = { base: 30_000, ceiling: 120_000, maxConsecutiveFailures: 3 };
  const accounts = new Map<string, string>();
  const ports = {
    clock,
    // 0.5 is the middle of the jitter: the ladder without deviation.
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

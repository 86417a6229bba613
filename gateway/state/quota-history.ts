/**
 * What was left of limits in the last hour, in memory, so that a page that was just opened can tell at once how long
 * the rest lasts. Looked at once a minute and key: more says no more of a rate, and answers come by the thousand.
 */
import type { KeyQuota, QuotaSample } from '../../contract/rpc/procedures/providers.ts';

/** Between two samples of a key, ms. */
const SAMPLE_EVERY = 60_000;
/** An older sample says nothing of the rate now, ms. */
const OLDEST = 3_600_000;

export interface QuotaHistory {
  /** True once a minute for each key. */
  due(key: string, at: number): boolean;
  add(key: string, quotas: readonly KeyQuota[]): void;
  /** The quota with the oldest sample of the same round: none from before it was last filled up. */
  withSince(key: string, quota: KeyQuota): KeyQuota;
  forget(key: string): void;
}

export function createQuotaHistory(): QuotaHistory {
  const keys = new Map<string, { at: number; readonly limits: Map<string, readonly QuotaSample[]> }>();

  return {
    due: (key, at) => at - (keys.get(key)?.at ?? -Infinity) >= SAMPLE_EVERY,
    add(key, quotas) {
      const known = keys.get(key) ?? { at: -Infinity, limits: new Map<string, readonly QuotaSample[]>() };
      keys.set(key, known);
      for (const { name, seenAt: at, remaining } of quotas) {
        const before = known.limits.get(name) ?? [];
        const last = before.at(-1);
        known.at = Math.max(known.at, at);
        // It was filled up: what came before belongs to another round.
        const round = last !== undefined && remaining > last.remaining ? [] : before;
        known.limits.set(name, [
          ...round.filter((one) => one.at > at - OLDEST && one.at < at),
          { at, remaining },
        ]);
      }
    },
    withSince(key, quota) {
      const samples = keys.get(key)?.limits.get(quota.name) ?? [];
      const last = samples.at(-1);
      if (last === undefined || quota.remaining > last.remaining) return quota;
      const since = samples.find(({ at }) => at > quota.seenAt - OLDEST && at < quota.seenAt);
      return since === undefined ? quota : { ...quota, since };
    },
    forget: (key) => void keys.delete(key),
  };
}

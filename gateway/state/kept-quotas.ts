/** Which figures of what is left are worth keeping over a restart, and how they are taken up again. Pure. */
import type { KeyQuota } from '../../contract/rpc/procedures/providers.ts';
import { LONGEST_DATE } from '../routing/hints.ts';

/** What is known of one key: as its answers told it, and as the last check of it did. */
export interface KeptQuota {
  readonly provider: string;
  readonly key: string;
  readonly answered: readonly KeyQuota[];
  readonly checked: readonly KeyQuota[];
}

/** Keys kept; those told of longest ago go first. */
export const MOST_KEYS = 1_000;
/** Limits kept of one key, and characters of a limit's name: providers have four, named in twenty. */
export const MOST_LIMITS = 12;
export const LONGEST_NAME = 64;
/** An older figure says nothing of what is left now, ms. */
export const OLDEST_QUOTA = 7 * 24 * 3_600_000;

/**
 * @param now Unix ms
 * @returns the figures that still say something, none told later than now. One of a wall clock that was set back since
 *   is taken as told now, with the same time to its reset: as cool-downs are, never a longer one.
 */
export function worthKeeping(quotas: readonly KeyQuota[], now: number): readonly KeyQuota[] {
  return quotas
    .filter(({ name }) => name.length <= LONGEST_NAME)
    .map((quota) => toldBefore(quota, now))
    .filter(({ seenAt, resetsAt }) => seenAt > now - OLDEST_QUOTA && (resetsAt === null || resetsAt > now))
    .slice(0, MOST_LIMITS);
}

function toldBefore(quota: KeyQuota, now: number): KeyQuota {
  const ahead = Math.max(0, quota.seenAt - now);
  const { since, ...rest } = quota;
  const resetsAt = quota.resetsAt === null ? null : quota.resetsAt - ahead;
  return {
    ...rest,
    seenAt: quota.seenAt - ahead,
    // No date is believed beyond this, whatever has become of the file.
    resetsAt: resetsAt === null || resetsAt > now + LONGEST_DATE ? null : resetsAt,
    // Of another clock it would tell a wrong rate.
    ...(since === undefined || ahead > 0 || since.at >= quota.seenAt ? {} : { since }),
  };
}

/** @param wanted false for keys that are gone @param now Unix ms */
export function keptQuotas<Known extends KeptQuota>(
  known: readonly Known[],
  wanted: (provider: string, key: string) => boolean,
  now: number,
): readonly Known[] {
  const latest = ({ answered, checked }: KeptQuota): number =>
    Math.max(...[...answered, ...checked].map(({ seenAt }) => seenAt));
  return known
    .filter(({ provider, key }) => wanted(provider, key))
    .map((one) => ({
      ...one,
      answered: worthKeeping(one.answered, now),
      checked: worthKeeping(one.checked, now),
    }))
    .filter(({ answered, checked }) => answered.length + checked.length > 0)
    .toSorted((left, right) => latest(right) - latest(left))
    .slice(0, MOST_KEYS);
}

/** Limits of keys as lines of a table: those the user set, and what is left of those the provider told. Pure. */
import type { KeyQuota, KeyView } from '../../../contract/rpc/procedures/providers.ts';

/** What is left of one limit of one key. */
export interface QuotaLine extends KeyQuota {
  readonly key: KeyView;
  /** From 0 to 1; null where the limit is not known. */
  readonly share: number | null;
  /** The moment has passed at which the limit was to be whole again: the figure is an old one. */
  readonly over: boolean;
}

/** @param now Unix ms */
export function quotaLines(keys: readonly KeyView[], now: number): readonly QuotaLine[] {
  return keys.flatMap((key) =>
    key.quota.map((quota) => ({
      ...quota,
      key,
      share: quota.limit === null || quota.limit <= 0 ? null : Math.min(1, quota.remaining / quota.limit),
      over: quota.resetsAt !== null && quota.resetsAt <= now,
    })),
  );
}

/** Names of limits that have words; any other is shown as its provider writes it. */
const NAMED: ReadonlySet<string> = new Set([
  'requests',
  'tokens',
  'input-tokens',
  'output-tokens',
  'tokens-minute',
  'credit',
]);

export const isNamedLimit = (name: string): boolean => NAMED.has(name);
/** Below this share of a limit it is worth looking at. */
const LOW = 0.1;

export const isLow = ({ share, over }: QuotaLine): boolean => !over && share !== null && share < LOW;

/** Credit left on all keys together, keys of one account once; null where no provider told. */
export function creditOf(keys: readonly KeyView[]): number | null {
  const counted = new Set<string>();
  let sum: number | null = null;
  for (const key of keys) {
    const credit = key.quota.find(({ name }) => name === 'credit');
    if (credit === undefined || key.sharesAccountWith.some((id) => counted.has(id))) continue;
    counted.add(key.id);
    sum = (sum ?? 0) + credit.remaining;
  }
  return sum;
}

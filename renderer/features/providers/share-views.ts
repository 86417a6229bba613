/**
 * Providers are told anew whenever one of their keys changes. What is the same as before stays the same object, so
 * that only cards and rows of what changed are drawn again. Pure.
 */
import type { KeyView, ProviderView } from '../../../contract/rpc/procedures/providers.ts';

/** @returns `next`, with every provider and key that did not change taken from `before` */
export function shareViews(
  before: readonly ProviderView[] | null,
  next: readonly ProviderView[],
): readonly ProviderView[] {
  if (before === null) return next;
  const known = new Map(before.map((provider) => [provider.id, provider]));
  const shared = next.map((provider) => sharedProvider(known.get(provider.id), provider));
  return isSameList(before, shared) ? before : shared;
}

function sharedProvider(before: ProviderView | undefined, next: ProviderView): ProviderView {
  if (before === undefined) return next;
  const keys = sharedKeys(before.keys, next.keys);
  const isSame =
    keys === before.keys && isAlike({ ...before, keys: undefined }, { ...next, keys: undefined });
  return isSame ? before : { ...next, keys };
}

function sharedKeys(before: readonly KeyView[], next: readonly KeyView[]): readonly KeyView[] {
  const known = new Map(before.map((key) => [key.id, key]));
  const shared = next.map((key) => {
    const old = known.get(key.id);
    return old !== undefined && isAlike(old, key) ? old : key;
  });
  return isSameList(before, shared) ? before : shared;
}

const isSameList = (before: readonly unknown[], next: readonly unknown[]): boolean =>
  before.length === next.length && before.every((one, index) => one === next[index]);

/** Both come from the same procedure, with their members in the same order. */
const isAlike = (before: object, next: object): boolean => JSON.stringify(before) === JSON.stringify(next);

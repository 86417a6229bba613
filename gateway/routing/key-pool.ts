/** In which order the keys of a provider are tried. Pure: the random source is a parameter. */
import type { Random } from '../core/ports.ts';
import { keyServes, type RoutableKey } from './snapshot.ts';

/**
 * Weighted random order: each next key is drawn with a chance in proportion to its weight among those
 * left, so the first place follows the weights exactly.
 */
export function weightedOrder<K extends { readonly weight: number }>(
  keys: readonly K[],
  random: Random,
): readonly K[] {
  const left = [...keys];
  const ordered: K[] = [];
  while (left.length > 1) {
    const total = left.reduce((sum, { weight }) => sum + weight, 0);
    let point = random() * total;
    let index = left.findIndex(({ weight }) => (point -= weight) < 0);
    // Rounding can leave the point on the far edge.
    if (index < 0) index = left.length - 1;
    ordered.push(...left.splice(index, 1));
  }
  return [...ordered, ...left];
}

/** The keys that may be used for `model`, in the order to try them. */
export function keysFor(keys: readonly RoutableKey[], model: string, random: Random): readonly RoutableKey[] {
  const [only] = keys;
  if (keys.length === 1 && only !== undefined) return keyServes(only, model) ? keys : [];
  return weightedOrder(
    keys.filter((key) => keyServes(key, model)),
    random,
  );
}

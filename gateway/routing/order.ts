/** Orders that several strategies share. Pure: the random source is a parameter. */
import type { Random } from '../core/ports.ts';

/**
 * Weighted random order: each next item is drawn with a chance in proportion to its weight among those
 * left, so the first place follows the weights exactly.
 */
export function weightedOrder<K extends { readonly weight: number }>(
  items: readonly K[],
  random: Random,
): readonly K[] {
  const left = [...items];
  const ordered: K[] = [];
  let total = left.reduce((sum, { weight }) => sum + weight, 0);
  while (left.length > 1) {
    let point = random() * total;
    let index = left.findIndex(({ weight }) => (point -= weight) < 0);
    // Rounding can leave the point on the far edge.
    if (index < 0) index = left.length - 1;
    const [drawn] = left.splice(index, 1);
    if (drawn === undefined) break;
    total -= drawn.weight;
    ordered.push(drawn);
  }
  return [...ordered, ...left];
}

/** The same round begun `turns` places later. */
export function rotated<K>(items: readonly K[], turns: number): readonly K[] {
  const first = items.length === 0 ? 0 : turns % items.length;
  return first === 0 ? items : [...items.slice(first), ...items.slice(0, first)];
}

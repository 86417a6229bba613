/** Orders that several strategies share. Pure: the random source is a parameter. */
import type { Random } from '../core/ports.ts';

/** Places that are drawn; more of them in a row are hardly ever passed over, and drawing costs every request. */
const DRAWN = 32;

/**
 * Weighted random order: each next item is drawn with a chance in proportion to its weight among those
 * left, so the first place follows the weights exactly. What is left after many draws follows as it is written.
 */
export function weightedOrder<K extends { readonly weight: number }>(
  items: readonly K[],
  random: Random,
): readonly K[] {
  if (items.every(({ weight }) => weight === items[0]?.weight)) return evenOrder(items, random);
  const sums = createSums(items);
  const ordered: K[] = [];
  const draws = Math.min(items.length - 1, DRAWN);
  for (let draw = 0; draw < draws; draw += 1) {
    const drawn = items[sums.take(random())];
    if (drawn !== undefined) ordered.push(drawn);
  }
  return ordered.concat(items.filter((_item, index) => sums.isLeft(index)));
}

/**
 * The same where all weigh the same, at a tenth of the cost: each drawn item changes places with the next to go.
 * @param first place of the item that was drawn already; absent: none was
 */
export function evenOrder<K>(items: readonly K[], random: Random, first?: number): readonly K[] {
  const ordered = [...items];
  const draws = Math.min(items.length - 1, DRAWN);
  for (let at = 0; at < draws; at += 1) {
    const from = at === 0 && first !== undefined ? first : drawnPlace(at, ordered.length, random);
    const [here, drawn] = [ordered[at], ordered[from]];
    if (here === undefined || drawn === undefined) return ordered;
    ordered[at] = drawn;
    ordered[from] = here;
  }
  return ordered;
}

/** One place of a round, all with the same chance. @param from the first of them @param end behind the last */
export const drawnPlace = (from: number, end: number, random: Random): number =>
  from + Math.floor(random() * (end - from));

/** Weights of the items not yet drawn. A tree of partial sums: a hundred keys are put in order with every request. */
function createSums(items: readonly { readonly weight: number }[]) {
  const size = items.length;
  const tree = new Float64Array(size + 1);
  const gone = new Uint8Array(size);
  let total = 0;
  for (let at = 1; at <= size; at += 1) {
    const weight = items[at - 1]?.weight ?? 0;
    total += weight;
    tree[at] = (tree[at] ?? 0) + weight;
    const parent = at + (at & -at);
    if (parent <= size) tree[parent] = (tree[parent] ?? 0) + (tree[at] ?? 0);
  }
  const top = 2 ** Math.floor(Math.log2(Math.max(1, size)));

  return {
    isLeft: (index: number): boolean => gone[index] === 0,
    /** @param chance from 0 (included) to 1 (excluded) */
    take(chance: number): number {
      let point = chance * total;
      let found = 0;
      for (let step = top; step > 0; step >>= 1) {
        const next = found + step;
        const sum = tree[next];
        if (next > size || sum === undefined || point < sum) continue;
        found = next;
        point -= sum;
      }
      // Rounding can leave the point on the far edge, or a grain of weight where an item was.
      if (found >= size) found = gone.lastIndexOf(0);
      else if (gone[found] === 1) found = gone.indexOf(0);
      gone[found] = 1;
      const weight = items[found]?.weight ?? 0;
      total -= weight;
      for (let at = found + 1; at <= size; at += at & -at) tree[at] = (tree[at] ?? 0) - weight;
      return found;
    },
  };
}

/** The same round begun `turns` places later. */
export function rotated<K>(items: readonly K[], turns: number): readonly K[] {
  const first = items.length === 0 ? 0 : turns % items.length;
  return first === 0 ? items : [...items.slice(first), ...items.slice(0, first)];
}

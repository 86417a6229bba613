/**
 * How long things took, as counts of stretches that grow by a tenth: a percentile read from them is within 5 % of
 * the real one, and counts of many hours add up. Pure.
 */

/** Each stretch ends at this times its beginning. */
const GROWTH = 1.1;
const STEP = Math.log(GROWTH);
/** The last stretch holds everything over about 30 hours. */
const LAST = 195;

/** Number of the stretch -> how many fell into it. */
export type DurationCounts = ReadonlyMap<number, number>;

/** The stretch that a time (ms) falls into; all below one millisecond are the first. */
export function stretchOf(time: number): number {
  return time <= 1 ? 0 : Math.min(LAST, 1 + Math.floor(Math.log(time) / STEP));
}

/** The middle of a stretch, ms. */
export function middleOf(stretch: number): number {
  return stretch === 0 ? 1 : GROWTH ** (stretch - 0.5);
}

/** @param sign -1 takes away what was added before, here or in counts that these are added to later */
export function addCounts(into: Map<number, number>, counts: DurationCounts, sign: 1 | -1 = 1): void {
  for (const [stretch, count] of counts) {
    const sum = (into.get(stretch) ?? 0) + sign * count;
    if (sum !== 0) into.set(stretch, sum);
    else into.delete(stretch);
  }
}

/** The times below which these shares of all lie, ms; null without any. @param shares rising, from 0 to 1 */
export function percentilesOf(counts: DurationCounts, shares: readonly number[]): readonly number[] | null {
  const stretches = [...counts].filter(([, count]) => count > 0).sort(([left], [right]) => left - right);
  const all = stretches.reduce((sum, [, count]) => sum + count, 0);
  if (all === 0) return null;
  return shares.map((share) => {
    const rank = Math.max(1, Math.ceil(share * all));
    let seen = 0;
    const found = stretches.find(([, count]) => (seen += count) >= rank);
    return Math.round(middleOf(found?.[0] ?? 0) * 10) / 10;
  });
}

/** For keeping: `stretch, count` one after the other as variable-length numbers. */
export function encodeCounts(counts: DurationCounts): Uint8Array {
  const bytes: number[] = [];
  for (const [stretch, count] of counts) {
    if (count > 0) writeNumber(bytes, stretch, count);
  }
  return Uint8Array.from(bytes);
}

/** Several that stand one behind the other add up; what is not whole is left out. */
export function decodeCounts(bytes: Uint8Array): Map<number, number> {
  // By stretch: a year is read from some hundred thousand counts.
  const sums = new Float64Array(LAST + 1);
  let stretch = -1;
  let value = 0;
  let scale = 1;
  for (const byte of bytes) {
    value += (byte % 0x80) * scale;
    scale *= 0x80;
    if (byte >= 0x80) continue;
    if (stretch === -1) {
      stretch = value;
    } else {
      sums[stretch] = (sums[stretch] ?? 0) + value;
      stretch = -1;
    }
    value = 0;
    scale = 1;
  }
  const counts = new Map<number, number>();
  for (const [at, count] of sums.entries()) if (count > 0) counts.set(at, count);
  return counts;
}

/** Seven bits a byte, the lowest first; the high bit says that more follow. */
function writeNumber(bytes: number[], ...values: readonly number[]): void {
  for (const value of values) {
    let rest = value;
    while (rest >= 0x80) {
      bytes.push((rest % 0x80) + 0x80);
      rest = Math.floor(rest / 0x80);
    }
    bytes.push(rest);
  }
}

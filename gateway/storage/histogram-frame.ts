/** Which stretches of time a histogram has. Pure. */
import type { Condition } from '../../contract/log/filter.ts';

export interface HistogramFrame {
  /** Unix ms, a multiple of the bucket. */
  readonly from: number;
  /** Unix ms, not counted in. */
  readonly until: number;
  /** ms. */
  readonly bucket: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Lengths of time that people count in, ms. */
const LENGTHS = [
  ...[1, 5, 15, 30].map((count) => count * SECOND),
  ...[1, 5, 15, 30].map((count) => count * MINUTE),
  ...[1, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 7, 30, 90, 365].map((count) => count * DAY),
];

/**
 * @param oldest of the rows there are, Unix ms
 * @param newest of the rows there are, Unix ms
 * @param most buckets
 */
export function frameOf(
  oldest: number,
  newest: number,
  where: readonly Condition[],
  most: number,
): HistogramFrame {
  let first = oldest;
  let last = newest;
  for (const condition of where) {
    if (condition.kind !== 'range' || condition.field !== 'time' || condition.not === true) continue;
    first = Math.max(first, condition.least ?? first);
    last = Math.min(last, condition.most ?? last);
  }
  last = Math.max(first, last);
  for (const bucket of LENGTHS) {
    const from = Math.floor(first / bucket) * bucket;
    const until = Math.floor(last / bucket) * bucket + bucket;
    if ((until - from) / bucket <= most) return { from, until, bucket };
  }
  const bucket = Math.ceil((last - first + 1) / most);
  return { from: first, until: first + bucket * most, bucket };
}

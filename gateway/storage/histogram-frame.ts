/** Which stretches of time a histogram has. Pure. */
import type { Condition } from '../../contract/log/filter.ts';

export interface HistogramFrame {
  /** Unix ms; a whole number of buckets after a midnight of this clock, where they fit into days. */
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

const localZone = (moment: number): number => -new Date(moment).getTimezoneOffset() * MINUTE;

/**
 * @param oldest of the rows there are, Unix ms
 * @param newest of the rows there are, Unix ms
 * @param most buckets
 * @param zone of a moment: ms that the clock is ahead of UTC. One holds for the whole frame, so that beyond a change of
 *   the clock days begin an hour off.
 */
export function frameOf(
  oldest: number,
  newest: number,
  where: readonly Condition[],
  most: number,
  zone: (moment: number) => number = localZone,
): HistogramFrame {
  let first = oldest;
  let last = newest;
  for (const condition of where) {
    if (condition.kind !== 'range' || condition.field !== 'time' || condition.not === true) continue;
    first = Math.max(first, condition.least ?? first);
    last = Math.min(last, condition.most ?? last);
  }
  last = Math.max(first, last);
  // The newest days are those that are looked at.
  const ahead = zone(last);
  const beginOf = (moment: number, bucket: number): number =>
    Math.floor((moment + ahead) / bucket) * bucket - ahead;
  for (const bucket of LENGTHS) {
    const from = beginOf(first, bucket);
    const until = beginOf(last, bucket) + bucket;
    if ((until - from) / bucket <= most) return { from, until, bucket };
  }
  const bucket = Math.ceil((last - first + 1) / most);
  return { from: first, until: first + bucket * most, bucket };
}

/** The scale of a bar chart, and where its bars stand. Pure. */
import type { OverviewBucket } from '../../../contract/log/row.ts';
import type { TimeRange } from './ranges.ts';

/** Lines above zero at most. */
const MOST_LINES = 4;

/** Values of the lines of a chart, zero first; the last is at least `highest`. Whole numbers in round steps. */
export function linesOf(highest: number): readonly number[] {
  const least = Math.max(1, highest) / MOST_LINES;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((round) => round >= least) ?? least;
  const whole = Math.max(1, step);
  const count = Math.max(1, Math.ceil(highest / whole));
  return Array.from({ length: count + 1 }, (_, index) => index * whole);
}

/** One bucket with its place in the range. */
export interface PlacedBucket extends OverviewBucket {
  /** Share of the range, 0 to 1, at which it begins. */
  readonly from: number;
  readonly length: number;
}

/** Every bucket of the range that has begun, empty ones among them. @param now Unix ms */
export function placeBuckets(
  buckets: readonly OverviewBucket[],
  { since, until, bucket }: TimeRange,
  now: number,
): readonly PlacedBucket[] {
  const known = new Map(buckets.map((one) => [one.at, one]));
  const span = until - since;
  const placed: PlacedBucket[] = [];
  for (let at = since; at < until && at <= now; at += bucket) {
    const one = known.get(at) ?? { at, requests: 0, failed: 0, inputTokens: 0, outputTokens: 0 };
    placed.push({ ...one, from: (at - since) / span, length: Math.min(bucket, until - at) / span });
  }
  return placed;
}

/** Points of a line over values, for an area of the given size, px. Empty below two values. */
export function polyline(values: readonly number[], width: number, height: number): string {
  if (values.length < 2) return '';
  const highest = Math.max(...values, 1);
  const step = width / (values.length - 1);
  return values
    .map((value, index) => `${(index * step).toFixed(1)},${(height - (value / highest) * height).toFixed(1)}`)
    .join(' ');
}

/** Bars of a histogram: every bucket of the range, empty ones too. Pure. */
import type { Histogram } from '../../../contract/log/statistics.ts';

export interface Bar {
  /** Unix ms; `until` not counted in. */
  readonly from: number;
  readonly until: number;
  readonly requests: number;
  readonly failed: number;
}

/** Bars that can be drawn; a longer range is not asked for. */
const MOST = 200;

export function barsOf({ from, until, bucket, counts }: Histogram): readonly Bar[] {
  if (bucket <= 0) return [];
  const begin = Math.min(from, counts[0]?.at ?? from);
  const known = new Map(counts.map((count) => [Math.floor((count.at - begin) / bucket), count]));
  const last = Math.max(0, Math.ceil((until - begin) / bucket) - 1, ...known.keys());
  return Array.from({ length: Math.min(MOST, last + 1) }, (_, place) => ({
    from: begin + place * bucket,
    until: begin + (place + 1) * bucket,
    requests: known.get(place)?.requests ?? 0,
    failed: known.get(place)?.failed ?? 0,
  }));
}

/** The range between two bars, whichever comes first. @param bars not empty */
export function rangeOf(
  bars: readonly Bar[],
  one: number,
  other: number,
): { readonly from: number; readonly until: number } | null {
  const first = bars[Math.min(one, other)];
  const last = bars[Math.max(one, other)];
  return first === undefined || last === undefined ? null : { from: first.from, until: last.until };
}

/** A histogram of rows that are in memory. Pure. */
import type { RequestSummary } from '../../contract/log/row.ts';
import type { Histogram } from '../../contract/log/statistics.ts';
import type { HistogramFrame } from './histogram-frame.ts';

/** Rows outside the frame do not count. */
export function countedIn(
  rows: readonly Pick<RequestSummary, 'startedAt' | 'outcome'>[],
  { from, until, bucket }: HistogramFrame,
): Histogram['counts'] {
  const counts = new Map<number, { readonly at: number; requests: number; failed: number }>();
  for (const { startedAt, outcome } of rows) {
    if (startedAt < from || startedAt >= until) continue;
    const at = from + Math.floor((startedAt - from) / bucket) * bucket;
    const count = counts.get(at) ?? { at, requests: 0, failed: 0 };
    count.requests += 1;
    count.failed += Number(outcome !== 'ok' && outcome !== 'live');
    counts.set(at, count);
  }
  return [...counts.values()].sort((left, right) => left.at - right.at);
}

/** The sums behind an overview, from rows in memory. Pure. */
import type { RequestOverview, RequestRow } from '../../contract/log/row.ts';
import { summaryOf } from '../core/row-summary.ts';
import {
  addTokens,
  NO_TOKENS,
  OVERVIEW_LENGTH,
  overviewOf,
  type BucketSums,
  type NameSums,
  type OverviewQuery,
  type Percentiles,
} from './overview.ts';

/** @param newestFirst every row there is */
export function memoryOverview(
  newestFirst: readonly RequestRow[],
  { since, bucket }: OverviewQuery,
): RequestOverview {
  const rows = newestFirst.filter(({ startedAt }) => startedAt >= since);
  const times = (of: (row: RequestRow) => number | null): readonly number[] =>
    rows.flatMap((row) => of(row) ?? []);
  return overviewOf({
    since,
    buckets: bucketsOf(rows, { since, bucket }),
    names: rows.map(nameSums),
    duration: percentiles(times(({ doneAt }) => doneAt)),
    firstContent: percentiles(times(({ streamed, firstContentAt }) => (streamed ? firstContentAt : null))),
    failures: rows.filter(hasFailed).slice(0, OVERVIEW_LENGTH).map(summaryOf),
  });
}

const hasFailed = ({ outcome }: RequestRow): boolean => outcome !== 'ok' && outcome !== 'live';

function bucketsOf(rows: readonly RequestRow[], { since, bucket }: OverviewQuery): readonly BucketSums[] {
  const buckets = new Map<number, BucketSums>();
  for (const row of rows) {
    const at = since + Math.floor((row.startedAt - since) / bucket) * bucket;
    const sums = buckets.get(at);
    buckets.set(at, {
      at,
      requests: (sums?.requests ?? 0) + 1,
      finished: (sums?.finished ?? 0) + Number(row.outcome !== 'live'),
      succeeded: (sums?.succeeded ?? 0) + Number(row.outcome === 'ok'),
      retried: (sums?.retried ?? 0) + Number(row.attemptCount > 1),
      tokens: addTokens(sums?.tokens ?? NO_TOKENS, row.tokens ?? NO_TOKENS),
    });
  }
  return [...buckets.values()].sort((a, b) => a.at - b.at);
}

function nameSums(row: RequestRow): NameSums {
  const { input, output } = row.tokens ?? NO_TOKENS;
  return {
    model: row.modelServed,
    provider: row.provider,
    app: row.app,
    requests: 1,
    failed: Number(hasFailed(row)),
    tokens: input + output,
  };
}

function percentiles(values: readonly number[]): Percentiles {
  const sorted = Float64Array.from(values).sort();
  return sorted.length === 0 ? null : { p50: percentile(sorted, 0.5), p95: percentile(sorted, 0.95) };
}

/** Between two values, in proportion, as SQLite's `percentile` does. */
function percentile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}

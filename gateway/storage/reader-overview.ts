/** The sums behind an overview, from SQLite: each query reads an index that holds all it needs. */
import type { Database } from 'better-sqlite3';
import type { RequestOverview, TokenCounts } from '../../contract/log/row.ts';
import { SUMMARY_COLUMNS, summaryFrom, type StoredSummary } from './columns.ts';
import {
  OVERVIEW_LENGTH,
  overviewOf,
  type BucketSums,
  type NameSums,
  type OverviewQuery,
  type Percentiles,
} from './overview.ts';

/** Word for word as the partial index has it; in a sum over all rows two comparisons are quicker. */
const FAILED = `outcome NOT IN ('ok', 'live')`;

interface Sums extends TokenCounts, Omit<BucketSums, 'at' | 'tokens'> {}

interface Shares {
  readonly p50: number | null;
  readonly p95: number | null;
}

/** @returns the query; it @throws SqliteError when the file cannot be read */
export function createOverviewReader(database: Database): (query: OverviewQuery) => RequestOverview {
  const next = database
    .prepare<[number], number | null>('SELECT min(started_at) FROM requests WHERE started_at >= ?')
    .pluck();
  const sums = database.prepare<[number, number], Sums>(`SELECT count(*) AS requests,
    count(*) FILTER (WHERE outcome <> 'live') AS finished,
    count(*) FILTER (WHERE outcome = 'ok') AS succeeded,
    count(*) FILTER (WHERE attempt_count > 1) AS retried,
    coalesce(sum(tokens_input), 0) AS input, coalesce(sum(tokens_cache_read), 0) AS cacheRead,
    coalesce(sum(tokens_cache_write), 0) AS cacheWrite, coalesce(sum(tokens_output), 0) AS output,
    coalesce(sum(tokens_reasoning), 0) AS reasoning
    FROM requests WHERE started_at >= ? AND started_at < ?`);
  // Two queries: a condition on rows costs half of what it costs on each of the aggregates.
  const duration = database.prepare<[number], Shares>(`SELECT
    percentile(done_at, 50) AS p50, percentile(done_at, 95) AS p95
    FROM requests WHERE started_at >= ?`);
  const firstContent = database.prepare<[number], Shares>(`SELECT
    percentile(first_content_at, 50) AS p50, percentile(first_content_at, 95) AS p95
    FROM requests WHERE started_at >= ? AND streamed = 1`);
  // Without the hint SQLite takes the index by time and sorts, which costs five times as much.
  const names = database.prepare<[number], NameSums>(`SELECT model_served AS model, provider, app,
    count(*) AS requests, count(*) FILTER (WHERE outcome <> 'ok' AND outcome <> 'live') AS failed,
    coalesce(sum(tokens_input + tokens_output), 0) AS tokens
    FROM requests INDEXED BY requests_names WHERE started_at >= ?
    GROUP BY model_served, provider, app`);
  // Failures stand in the order of their sequence: the first row that counts bounds how far back is looked.
  const failures = database.prepare<[number, number, number], StoredSummary>(`SELECT ${SUMMARY_COLUMNS}
    FROM requests WHERE ${FAILED} AND started_at >= ?
    AND sequence >= (SELECT min(sequence) FROM requests WHERE started_at >= ?)
    ORDER BY sequence DESC LIMIT ?`);

  /** Empty stretches of time cost nothing: the next row says where to go on. */
  function bucketsOf({ since, bucket }: OverviewQuery): readonly BucketSums[] {
    const found: BucketSums[] = [];
    for (let first = next.get(since) ?? null; first !== null;) {
      const at = since + Math.floor((first - since) / bucket) * bucket;
      const row = sums.get(at, at + bucket);
      if (row !== undefined) found.push(bucketFrom(at, row));
      first = next.get(at + bucket) ?? null;
    }
    return found;
  }

  return (query) => {
    const { since } = query;
    return overviewOf({
      since,
      buckets: bucketsOf(query),
      names: names.all(since),
      duration: percentiles(duration.get(since)),
      firstContent: percentiles(firstContent.get(since)),
      failures: failures.all(since, since, OVERVIEW_LENGTH).map(summaryFrom),
    });
  };
}

function bucketFrom(at: number, row: Sums): BucketSums {
  const { requests, finished, succeeded, retried, ...tokens } = row;
  return { at, requests, finished, succeeded, retried, tokens };
}

function percentiles(found: Shares | undefined): Percentiles {
  const { p50 = null, p95 = null } = found ?? {};
  return p50 === null || p95 === null ? null : { p50, p95 };
}

/**
 * How many rows of a filter fell into each stretch of time. Few rows are counted; of many, the same number of rows is
 * looked at in each stretch, and what that gives is carried over to all rows of it.
 */
import type { Database } from 'better-sqlite3';
import type { RequestFilter } from '../../contract/log/filter.ts';
import type { Histogram } from '../../contract/log/statistics.ts';
import { FLAG_PLACES } from './filter-fields.ts';
import { allOf, type Sql } from './filter-sql.ts';
import { sourceOf } from './find-rows.ts';
import { countedIn } from './histogram-counts.ts';
import { frameOf, type HistogramFrame } from './histogram-frame.ts';
import type { Narrowed } from './narrow.ts';
import { planOf } from './search-rows.ts';
import { walkRows } from './walk-rows.ts';
import type { WordChecks } from './word-check.ts';

/** Rows that are looked at in all, where they are not counted. */
const SAMPLED = 24_000;
/** Texts of rows that are looked at for words that stand in many. */
const WALKED = 60_000;

type Counts = Histogram['counts'];

/** Counts of the bucket with this number. */
interface Placed {
  readonly place: number;
  readonly requests: number;
  readonly failed: number;
}

interface Bounds {
  readonly oldest: number | null;
  readonly newest: number | null;
}

/** @param most buckets. @throws SqliteError when the file cannot be read */
export function histogramOf(
  database: Database,
  check: WordChecks,
  filter: RequestFilter,
  most: number,
): Histogram {
  const where = filter.where ?? [];
  const { oldest, newest } = boundsOf(database);
  const frame = frameOf(oldest ?? 0, newest ?? 0, where, most);
  const plan = planOf(database, filter);
  if (plan === null || oldest === null) return { ...frame, counts: [], exact: true };
  const { narrowed, terms, instead } = plan;
  if (terms.length > 0) {
    const page = { limit: Number.MAX_SAFE_INTEGER, before: undefined, skip: 0 };
    const { rows, next } = walkRows(database, narrowed, { ...page, terms, instead, check, effort: WALKED });
    const oldestSeen = rows.at(-1)?.startedAt ?? frame.until;
    const seen = next === null ? frame : frameOf(oldestSeen, newest ?? 0, where, most);
    return { ...seen, counts: countedIn(rows, seen), exact: true };
  }
  if (narrowed.conditions.length === 0) return { ...frame, counts: countAll(database, frame), exact: true };
  if (narrowed.few !== null) return { ...frame, counts: countFew(database, narrowed, frame), exact: true };
  return { ...frame, counts: estimate(database, narrowed, frame), exact: false };
}

function boundsOf(database: Database): Bounds {
  const bounds = database
    .prepare<[], Bounds>(
      `SELECT (SELECT min(started_at) FROM requests) AS oldest, (SELECT max(started_at) FROM requests) AS newest`,
    )
    .get();
  return bounds ?? { oldest: null, newest: null };
}

/** Rows that an index leads to. */
function countFew(database: Database, narrowed: Narrowed, { from, until, bucket }: HistogramFrame): Counts {
  const { text, values } = sourceOf(narrowed, [within(from, until)]);
  return database
    .prepare<unknown[], Placed>(
      // Numbers beyond 32 bits arrive as fractions, and would be divided as such.
      `SELECT (started_at - CAST(? AS INTEGER)) / CAST(? AS INTEGER) AS place, count(*) AS requests,
        count(*) FILTER (WHERE ${FLAG_PLACES.failed.sql}) AS failed
        ${text} GROUP BY place ORDER BY place`,
    )
    .all(from, bucket, ...values)
    .map(({ place, requests, failed }) => ({ at: from + place * bucket, requests, failed }));
}

/** Every row: stretch by stretch, since grouping them would sort them all. */
function countAll(database: Database, { from, until, bucket }: HistogramFrame): Counts {
  const stretch = database.prepare<[number, number], Omit<Counts[number], 'at'>>(
    `SELECT count(*) AS requests, count(*) FILTER (WHERE outcome <> 'ok' AND outcome <> 'live') AS failed
      FROM requests INDEXED BY requests_time WHERE started_at >= ? AND started_at < ?`,
  );
  const counts: Counts[number][] = [];
  for (let at = from; at < until; at += bucket) {
    const found = stretch.get(at, at + bucket);
    if (found !== undefined && found.requests > 0) counts.push({ at, ...found });
  }
  return counts;
}

const within = (from: number, until: number): Sql => ({
  text: 'started_at >= ? AND started_at < ?',
  values: [from, until],
});

interface Sample {
  readonly looked: number;
  readonly requests: number;
  readonly failed: number;
}

function estimate(database: Database, { conditions }: Narrowed, frame: HistogramFrame): Counts {
  const { from, until, bucket } = frame;
  const rows = Math.ceil(SAMPLED / ((until - from) / bucket));
  const condition = allOf(conditions);
  // From the first row of the stretch on: rows of one time lie side by side.
  const sample = database.prepare<unknown[], Sample>(
    `SELECT count(*) AS looked, count(*) FILTER (WHERE ${condition.text}) AS requests,
      count(*) FILTER (WHERE ${condition.text} AND ${FLAG_PLACES.failed.sql}) AS failed
    FROM (SELECT * FROM requests NOT INDEXED WHERE sequence >=
        (SELECT sequence FROM requests WHERE started_at >= ? ORDER BY started_at LIMIT 1)
      ORDER BY sequence LIMIT ?)
    WHERE started_at >= ? AND started_at < ?`,
  );
  return countAll(database, frame).flatMap(({ at, requests: total }) => {
    const { values } = condition;
    const found = sample.get(...values, ...values, at, rows, at, at + bucket);
    if (found === undefined || found.requests === 0) return [];
    const share = found.looked === 0 ? 0 : total / found.looked;
    const carried = (count: number): number => Math.round(count * Math.max(1, share));
    return [{ at, requests: carried(found.requests), failed: carried(found.failed) }];
  });
}

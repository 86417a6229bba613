/** Pages of rows by conditions that SQLite can judge, and how many rows there are. */
import type { Database } from 'better-sqlite3';
import { SUMMARY_COLUMNS, summaryFrom, type StoredSummary } from './columns.ts';
import { allOf, type Sql } from './filter-sql.ts';
import { countUpTo, type Narrowed } from './narrow.ts';
import type { RequestSummary } from '../../contract/log/row.ts';

/** Rows of one condition that are counted in its index. */
const COUNTED_IN_INDEX = 250_000;
/** Rows that are looked at to count what no index leads to. */
const COUNTED_ROWS = 50_000;

/** Where a page begins and ends. */
export interface PageQuery {
  readonly limit: number;
  readonly before: number | undefined;
  readonly skip: number;
}

export interface FoundRows {
  readonly rows: readonly RequestSummary[];
  readonly total: number;
  readonly totalIsExact: boolean;
  readonly next: number | null;
}

/** @throws SqliteError when the file cannot be read */
export function findRows(
  database: Database,
  narrowed: Narrowed,
  { limit, before, skip }: PageQuery,
): FoundRows {
  const { text, values } = sourceOf(narrowed, before === undefined ? [] : [olderThan(before)]);
  const rows = database
    .prepare<unknown[], StoredSummary>(
      `SELECT ${SUMMARY_COLUMNS} ${text} ORDER BY sequence DESC LIMIT ? OFFSET ?`,
    )
    .all(...values, limit + 1, skip);
  const shown = rows.slice(0, limit).map(summaryFrom);
  const next = rows.length > limit ? (shown.at(-1)?.sequence ?? null) : null;
  const { count, exact } = countRows(database, narrowed);
  return { rows: shown, total: Math.max(count, shown.length), totalIsExact: exact, next };
}

export const olderThan = (sequence: number): Sql => ({ text: 'sequence < ?', values: [sequence] });

/** `FROM … WHERE …` of the rows. @param joined what follows the table */
export function sourceOf({ conditions, few, walk }: Narrowed, further: readonly Sql[], joined = ''): Sql {
  if (few === null) {
    const all = allOf([...conditions, ...further]);
    return { text: `FROM ${walk} ${joined} WHERE ${all.text}`, values: all.values };
  }
  // No other index would be a shorter way.
  const all = allOf([{ text: `sequence IN (${few.text})`, values: few.values }, ...conditions, ...further]);
  return { text: `FROM requests NOT INDEXED ${joined} WHERE ${all.text}`, values: all.values };
}

function countRows(
  database: Database,
  narrowed: Narrowed,
): { readonly count: number; readonly exact: boolean } {
  const { conditions, few, indexed } = narrowed;
  if (conditions.length === 0) {
    const all = database.prepare<[], number>('SELECT count(*) FROM requests').pluck().get();
    return { count: all ?? 0, exact: true };
  }
  if (few !== null) {
    return { count: countUpTo(database, matching(sourceOf(narrowed, [])), MOST), exact: true };
  }
  if (indexed !== null) {
    const count = countUpTo(database, indexed, COUNTED_IN_INDEX);
    return { count, exact: count < COUNTED_IN_INDEX };
  }
  const oldest = database
    .prepare<[number], number>('SELECT sequence FROM requests ORDER BY sequence DESC LIMIT 1 OFFSET ?')
    .pluck()
    .get(COUNTED_ROWS);
  const newest = { text: 'sequence > ?', values: [oldest ?? -MOST] };
  const counted = sourceOf({ ...narrowed, walk: 'requests NOT INDEXED' }, [newest]);
  return { count: countUpTo(database, matching(counted), COUNTED_ROWS), exact: oldest === undefined };
}

const MOST = Number.MAX_SAFE_INTEGER;

const matching = ({ text, values }: Sql): Sql => ({ text: `SELECT 1 ${text}`, values });

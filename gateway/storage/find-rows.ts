/** Pages of rows by conditions on columns, and how many rows there are. */
import type { Database } from 'better-sqlite3';
import type { Condition } from '../../contract/log/filter.ts';
import type { RequestPage } from '../../contract/log/row.ts';
import { SUMMARY_COLUMNS, summaryFrom, type StoredSummary } from './columns.ts';
import { allOf, type Sql } from './filter-sql.ts';
import { countUpTo, narrow, type Narrowed } from './narrow.ts';

/** Rows of one condition that are counted in its index. */
const COUNTED_IN_INDEX = 250_000;
/** Rows that are looked at to count what no index leads to. */
const COUNTED_ROWS = 50_000;

export interface RowQuery {
  readonly limit: number;
  readonly before: number | undefined;
  readonly skip: number;
  readonly where: readonly Condition[];
}

/** @throws SqliteError when the file cannot be read */
export function findRows(database: Database, { limit, before, skip, where }: RowQuery): RequestPage {
  const narrowed = narrow(database, where);
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

const olderThan = (sequence: number): Sql => ({ text: 'sequence < ?', values: [sequence] });

/** `FROM … WHERE …` of the rows. */
export function sourceOf({ conditions, few, walk }: Narrowed, further: readonly Sql[]): Sql {
  if (few === null) {
    const all = allOf([...conditions, ...further]);
    return { text: `FROM ${walk} WHERE ${all.text}`, values: all.values };
  }
  // No other index would be a shorter way.
  const all = allOf([{ text: `sequence IN (${few.text})`, values: few.values }, ...conditions, ...further]);
  return { text: `FROM requests NOT INDEXED WHERE ${all.text}`, values: all.values };
}

function countRows(
  database: Database,
  narrowed: Narrowed,
): { readonly count: number; readonly exact: boolean } {
  const { conditions, few } = narrowed;
  if (conditions.length === 0) {
    const all = database.prepare<[], number>('SELECT count(*) FROM requests').pluck().get();
    return { count: all ?? 0, exact: true };
  }
  const source = sourceOf(narrowed, []);
  const matching = { text: `SELECT 1 ${source.text}`, values: source.values };
  if (few !== null) return { count: countUpTo(database, matching, Number.MAX_SAFE_INTEGER), exact: true };
  if (narrowed.indexed !== null) {
    const count = countUpTo(database, narrowed.indexed, COUNTED_IN_INDEX);
    return { count, exact: count < COUNTED_IN_INDEX };
  }
  const oldest = database
    .prepare<[number], number>('SELECT sequence FROM requests ORDER BY sequence DESC LIMIT 1 OFFSET ?')
    .pluck()
    .get(COUNTED_ROWS);
  const newest = sourceOf({ ...narrowed, walk: 'requests NOT INDEXED' }, [
    { text: 'sequence > ?', values: [oldest ?? Number.MIN_SAFE_INTEGER] },
  ]);
  const counted = { text: `SELECT 1 ${newest.text}`, values: newest.values };
  return { count: countUpTo(database, counted, COUNTED_ROWS), exact: oldest === undefined };
}

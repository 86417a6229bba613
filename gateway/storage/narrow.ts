/**
 * Which way to the rows of a filter is short. The indexes are asked how many rows each condition leaves; where that
 * is few, these are looked at and no others. Where it is many, rows are looked at from the newest one down, because
 * a page is then found soon.
 */
import type { Database } from 'better-sqlite3';
import type { Condition, FlagField } from '../../contract/log/filter.ts';
import { TEXT_PLACES } from './filter-fields.ts';
import { conditionSql, textSql, type Sql } from './filter-sql.ts';
import { namesFitting } from './row-names.ts';

/** Rows that are looked at one by one, wherever they lie. */
export const FEW = 20_000;

/** Columns whose flags have an index of their own, in the order of the rows. */
const FLAG_INDEXES: Readonly<Partial<Record<FlagField, string>>> = {
  failed: 'requests_failed',
  retried: 'requests_failover',
  cached: 'requests_cached',
};

export interface Narrowed {
  /** What has to hold of a row. */
  readonly conditions: readonly Sql[];
  /** Sequences among which all rows are, where they are few; a SELECT. */
  readonly few: Sql | null;
  /** The same however many they are, where there is one condition and an index leads to its rows once each. */
  readonly indexed: Sql | null;
  /** For `FROM requests`: which index a walk from the newest row down takes. */
  readonly walk: string;
}

/** @param most what counts as few */
export function narrow(database: Database, where: readonly Condition[], most = FEW): Narrowed {
  const known = where.map((condition) => withNames(database, condition));
  const conditions = known.map(conditionSql);
  let few: Sql | null = null;
  let least = most + 1;
  for (const condition of known) {
    const sequences = sequencesOf(condition);
    if (sequences === null) continue;
    const count = countUpTo(database, sequences, least);
    if (count < least) [few, least] = [sequences, count];
  }
  const [only] = known;
  const alone = known.length === 1 && only !== undefined && columnsOf(only) === 1;
  return { conditions, few, indexed: alone ? sequencesOf(only) : null, walk: walkOf(known) };
}

/** @returns how many the SELECT gives, `most` where it gives more */
export function countUpTo(database: Database, { text, values }: Sql, most: number): number {
  return (
    database
      .prepare<unknown[], number>(`SELECT count(*) FROM (${text} LIMIT ?)`)
      .pluck()
      .get(...values, most) ?? 0
  );
}

/** Patterns replaced by the names that fit them, where the index tells which there are. */
function withNames(database: Database, condition: Condition): Condition {
  if (condition.kind !== 'text' || !condition.values.some((value) => value.includes('*'))) return condition;
  const place = TEXT_PLACES[condition.field];
  if (place.case !== 'any') return condition;
  const values = namesFitting(database, place.columns, condition.values);
  return values === undefined ? condition : { ...condition, values: [...values] };
}

const columnsOf = (condition: Condition): number =>
  condition.kind === 'text' ? TEXT_PLACES[condition.field].columns.length : 1;

/** The rows of one condition by an index; null where none leads to them. */
function sequencesOf(condition: Condition): Sql | null {
  if (condition.not === true) return null;
  if (condition.kind === 'flag') {
    return FLAG_INDEXES[condition.field] === undefined ? null : select(conditionSql(condition));
  }
  if (condition.kind === 'range') {
    return condition.field === 'time' || condition.field === 'status'
      ? select(conditionSql(condition))
      : null;
  }
  if (condition.values.some((value) => value.includes('*'))) return null;
  const place = TEXT_PLACES[condition.field];
  const selects = place.columns.map((column) =>
    select(textSql({ ...place, columns: [column] }, condition.values)),
  );
  return {
    text: selects.map(({ text }) => text).join(' UNION ALL '),
    values: selects.flatMap(({ values }) => values),
  };
}

const select = ({ text, values }: Sql): Sql => ({
  text: `SELECT sequence FROM requests WHERE ${text}`,
  values,
});

/**
 * A flag's index skips the rows without it. One name alone has its rows in order too; beside other conditions the
 * rows themselves are walked, which costs less for each of them.
 */
function walkOf(where: readonly Condition[]): string {
  for (const condition of where) {
    if (condition.kind !== 'flag' || condition.not === true) continue;
    const index = FLAG_INDEXES[condition.field];
    if (index !== undefined) return `requests INDEXED BY ${index}`;
  }
  const [only] = where;
  const byName =
    where.length === 1 &&
    only?.kind === 'text' &&
    only.not !== true &&
    only.values.length === 1 &&
    only.values[0]?.includes('*') === false &&
    columnsOf(only) === 1;
  return byName ? 'requests' : 'requests NOT INDEXED';
}

/**
 * Which way to the rows of a filter is short. The indexes are asked how many rows each condition leaves; where that
 * is few, these are looked at and no others. Where it is many, rows are looked at from the newest one down, because
 * a page is then found soon.
 */
import type { Database } from 'better-sqlite3';
import type { Condition, FlagField } from '../../contract/log/filter.ts';
import { isPattern, literally } from '../../contract/rpc/name-pattern.ts';
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
  imported: 'requests_imported',
};

/** What one part of a filter asks for. */
export interface Subset {
  /** What has to hold of a row. */
  readonly condition: Sql;
  /** A SELECT of the sequences for which it holds; null where no index leads to them. */
  readonly sequences: Sql | null;
  /** How many they are, where that was counted. */
  readonly count?: number;
}

export interface Narrowed {
  readonly conditions: readonly Sql[];
  /** Sequences among which all rows are, where they are few; a SELECT. */
  readonly few: Sql | null;
  /** The same however many they are, where there is one condition and an index leads to its rows once each. */
  readonly indexed: Sql | null;
  /** For `FROM`: which index of `requests` a walk from the newest row down takes. */
  readonly walk: string;
}

/**
 * @param further what else has to hold
 * @param most what counts as few
 */
export function narrow(
  database: Database,
  where: readonly Condition[],
  further: readonly Subset[] = [],
  most = FEW,
): Narrowed {
  const known = where.map((condition) => withNames(database, condition));
  const subsets = [
    ...further,
    ...known.map((condition) => ({
      condition: conditionSql(condition),
      sequences: sequencesOf(condition),
    })),
  ];
  const [only] = known;
  const alone = subsets.length === 1 && only !== undefined && columnsOf(only) === 1;
  return {
    conditions: subsets.map(({ condition }) => condition),
    few: fewest(database, subsets, most),
    indexed: alone ? sequencesOf(only) : null,
    walk: walkOf(known, alone),
  };
}

/** The SELECT that gives the fewest sequences; null where none gives few. */
function fewest(database: Database, subsets: readonly Subset[], most: number): Sql | null {
  let few: Sql | null = null;
  let least = most + 1;
  for (const { sequences, count: counted } of subsets) {
    if (sequences === null) continue;
    const count = counted ?? countUpTo(database, sequences, least);
    if (count < least) [few, least] = [sequences, count];
  }
  return few;
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
  if (condition.kind !== 'text' || !condition.values.some(isPattern)) return condition;
  const place = TEXT_PLACES[condition.field];
  if (place.case !== 'any') return condition;
  const values = namesFitting(database, place.columns, condition.values);
  return values === undefined ? condition : { ...condition, values: values.map(literally) };
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
  if (condition.values.some(isPattern)) return null;
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
function walkOf(where: readonly Condition[], alone: boolean): string {
  for (const condition of where) {
    if (condition.kind !== 'flag' || condition.not === true) continue;
    const index = FLAG_INDEXES[condition.field];
    if (index !== undefined) return `requests INDEXED BY ${index}`;
  }
  const [only] = where;
  const byName = alone && only?.kind === 'text' && only.values.length === 1 && sequencesOf(only) !== null;
  return byName ? 'requests' : 'requests NOT INDEXED';
}

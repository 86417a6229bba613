/** Names that stand in a column, from its index: each is looked up after the one before, rows in between cost nothing. */
import type { Database } from 'better-sqlite3';
import { fitsAny } from './filter-row.ts';

/** Names of one column that are looked at, at most. */
const MOST_NAMES = 2_000;
/** Names a condition is told with; SQLite allows 32,766 parameters. */
const MOST_FITTING = 500;

/**
 * @param column one with an index without regard to case
 * @returns in the order of the alphabet; undefined where there are too many
 */
export function namesIn(database: Database, column: string): readonly string[] | undefined {
  const names = database
    .prepare<[number], string | null>(
      `WITH RECURSIVE names (name) AS (
        SELECT (SELECT ${column} FROM requests WHERE ${column} IS NOT NULL
          ORDER BY ${column} COLLATE NOCASE LIMIT 1)
        UNION ALL
        SELECT (SELECT ${column} FROM requests WHERE ${column} COLLATE NOCASE > name
          ORDER BY ${column} COLLATE NOCASE LIMIT 1)
        FROM names WHERE name IS NOT NULL LIMIT ?)
      SELECT name FROM names`,
    )
    .pluck()
    .all(MOST_NAMES + 1);
  return names.length > MOST_NAMES ? undefined : names.filter((name) => name !== null);
}

/**
 * The names that fit one of the values, in any of the columns.
 * @returns undefined where there are too many to tell; a name nobody has where none fits
 */
export function namesFitting(
  database: Database,
  columns: readonly string[],
  values: readonly string[],
): readonly string[] | undefined {
  const fitting = new Set<string>();
  for (const column of columns) {
    const names = namesIn(database, column);
    if (names === undefined) return undefined;
    for (const name of names) if (fitsAny(name, values)) fitting.add(name);
  }
  if (fitting.size > MOST_FITTING) return undefined;
  return fitting.size === 0 ? [''] : [...fitting];
}

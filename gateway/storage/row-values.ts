/** Names that a column of text has, for suggestions: those that are used most first. */
import type { Database } from 'better-sqlite3';
import type { NamedField, NamedValues } from '../../contract/log/filter.ts';
import { TEXT_PLACES } from './filter-fields.ts';
import { folded } from './filter-row.ts';
import { countUpTo } from './narrow.ts';
import { namesIn } from './row-names.ts';

/** Names whose rows are counted to find those used most. */
const COMPARED = 300;
/** Rows of a name that are counted for that. */
const COMPARED_ROWS = 1_000;
/** Rows that are counted of a name that is shown. */
export const COUNTED_VALUES = 100_000;

/** @param part what has to stand in a name; empty for all. @throws SqliteError when the file cannot be read */
export function valuesOf(database: Database, field: NamedField, part: string, limit: number): NamedValues {
  const names = new Map<string, string>();
  let complete = true;
  for (const column of TEXT_PLACES[field].columns) {
    const known = namesIn(database, column);
    complete &&= known !== undefined;
    for (const name of known ?? []) if (hasPart(name, part)) names.set(folded(name), name);
  }
  const count = (name: string, most: number): number =>
    Math.max(
      ...TEXT_PLACES[field].columns.map((column) =>
        countUpTo(
          database,
          { text: `SELECT 1 FROM requests WHERE ${column} COLLATE NOCASE = ?`, values: [name] },
          most,
        ),
      ),
    );
  const compared = [...names.values()]
    .slice(0, COMPARED)
    .map((name) => ({ name, requests: count(name, COMPARED_ROWS) }))
    .sort((left, right) => right.requests - left.requests);
  const shown = compared.slice(0, limit).map(({ name }) => ({ name, requests: count(name, COUNTED_VALUES) }));
  return {
    values: shown.sort(byUse),
    complete: complete && names.size <= limit,
  };
}

export const hasPart = (name: string, part: string): boolean => folded(name).includes(folded(part));

/** Most requests first; equal ones by name. */
export const byUse = (left: NamedValue, right: NamedValue): number =>
  right.requests - left.requests || (left.name < right.name ? -1 : 1);

type NamedValue = NamedValues['values'][number];

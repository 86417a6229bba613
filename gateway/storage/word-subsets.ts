/**
 * The terms of a search as conditions on rows. A term that stands in few texts is a condition for SQLite, by way of
 * the texts it stands in; of one that stands in many, the texts of each row have to be asked (word-check.ts).
 */
import type { Database } from 'better-sqlite3';
import type { SearchTerm } from '../core/search-query.ts';
import type { Sql } from './filter-sql.ts';
import { countUpTo, type Subset } from './narrow.ts';

/** Texts with a term that are few. */
const FEW_PARTS = 5_000;
/** Requests they may stand in: one instruction may have been sent with every request. */
const FEW_USES = 20_000;

export interface WordSubsets {
  readonly few: readonly Subset[];
  readonly many: readonly SearchTerm[];
}

export function wordSubsets(database: Database, terms: readonly SearchTerm[]): WordSubsets {
  const few: Subset[] = [];
  const many: SearchTerm[] = [];
  for (const term of terms) {
    const count = usesUpTo(database, term);
    if (count === null) many.push(term);
    else few.push(subsetOf(term, count));
  }
  return { few, many };
}

/** @returns null where there are many */
function usesUpTo(database: Database, { match }: SearchTerm): number | null {
  const parts = { text: 'SELECT rowid FROM words WHERE words MATCH ?', values: [match] };
  if (countUpTo(database, parts, FEW_PARTS + 1) > FEW_PARTS) return null;
  const uses = countUpTo(database, usesOf(match), FEW_USES + 1);
  return uses > FEW_USES ? null : uses;
}

function subsetOf({ not, match }: SearchTerm, count: number): Subset {
  const sequences = usesOf(match);
  const condition: Sql = {
    text: `sequence ${not ? 'NOT IN' : 'IN'} (${sequences.text})`,
    values: sequences.values,
  };
  return { condition, sequences: not ? null : sequences, count };
}

/** CROSS: the other way round every use would be looked at. */
const usesOf = (match: string): Sql => ({
  text: 'SELECT sequence FROM words CROSS JOIN uses ON uses.part = words.rowid WHERE words MATCH ?',
  values: [match],
});

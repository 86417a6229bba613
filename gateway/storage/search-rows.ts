/** Pages of the list by a whole filter: conditions on columns, and words in the texts of requests and answers. */
import type { Database } from 'better-sqlite3';
import type { RequestFilter } from '../../contract/log/filter.ts';
import { searchTerms, type SearchTerm } from '../core/search-query.ts';
import type { Sql } from './filter-sql.ts';
import { findRows, type FoundRows, type PageQuery } from './find-rows.ts';
import { narrow, type Narrowed, type Subset } from './narrow.ts';
import { namesIn } from './row-names.ts';
import { walkRows } from './walk-rows.ts';
import type { WordChecks } from './word-check.ts';
import { wordSubsets } from './word-subsets.ts';

/** Texts of rows that are looked at for one page of a search for common words. */
const EFFORT = 20_000;

export interface ListQuery extends PageQuery {
  readonly filter: RequestFilter;
}

/** What a filter comes to. */
export interface Plan {
  readonly narrowed: Narrowed;
  /** Terms that have to be looked for in the texts of each row. */
  readonly terms: readonly SearchTerm[];
  /** Rows for which it holds need none of them. */
  readonly instead: Sql | null;
}

/** @returns null where nothing can match. @throws SqliteError when the file cannot be read */
export function planOf(
  database: Database,
  { words = '', address = false, where = [] }: RequestFilter,
): Plan | null {
  const instead = address && words.trim() !== '' ? inAddress(database, words.trim()) : null;
  const terms = searchTerms(words);
  if (terms === null && instead === null) return null;
  const { few, many } = wordSubsets(database, terms ?? []);
  if (instead === null) return { narrowed: narrow(database, where, few), terms: many, instead };
  if (terms === null)
    return { narrowed: narrow(database, where, [always(instead)]), terms: [], instead: null };
  if (many.length === 0) {
    return { narrowed: narrow(database, where, [always(either(few, instead))]), terms: [], instead: null };
  }
  // Rare words narrow nothing here: a row may have the address instead.
  return { narrowed: narrow(database, where), terms: [...terms], instead };
}

/** @param check of the same database */
export function searchRows(database: Database, check: WordChecks, { filter, ...page }: ListQuery): FoundRows {
  const plan = planOf(database, filter);
  if (plan === null) return { rows: [], total: 0, totalIsExact: true, next: null };
  const { narrowed, terms, instead } = plan;
  return terms.length === 0
    ? findRows(database, narrowed, page)
    : walkRows(database, narrowed, { ...page, terms, instead, check, effort: EFFORT });
}

const always = (condition: Sql): Subset => ({ condition, sequences: null });

function either(subsets: readonly Subset[], instead: Sql): Sql {
  const texts = subsets.map(({ condition }) => condition.text).join(' AND ');
  return {
    text: `(${texts === '' ? 'TRUE' : texts} OR ${instead.text})`,
    values: [...subsets.flatMap(({ condition }) => condition.values), ...instead.values],
  };
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** Rows with the text in method and address; null where there is none. */
function inAddress(database: Database, text: string): Sql | null {
  const paths = namesIn(database, 'path');
  const wanted = text.toLowerCase();
  const some = paths?.some((path) =>
    METHODS.some((method) => `${method} ${path}`.toLowerCase().includes(wanted)),
  );
  if (some === false) return null;
  return {
    text: `(coalesce(method, '') || ' ' || coalesce(path, '')) LIKE ? ESCAPE '\\'`,
    values: [`%${text.replace(/[\\%_]/g, '\\$&')}%`],
  };
}

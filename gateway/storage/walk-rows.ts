/**
 * Rows in whose texts common words stand: rows are walked from the newest down, some at a time, and the words asked
 * for in the texts of those alone. What stands in many texts is found soon; the effort is bounded all the same.
 */
import type { Database } from 'better-sqlite3';
import type { SearchTerm } from '../core/search-query.ts';
import { SUMMARY_COLUMNS, summaryFrom, type StoredSummary } from './columns.ts';
import type { Sql } from './filter-sql.ts';
import { olderThan, sourceOf, type FoundRows, type PageQuery } from './find-rows.ts';
import type { Narrowed } from './narrow.ts';
import { decodeRecipe, partsOf } from './recipe.ts';
import type { WordCheck } from './word-check.ts';

/** Rows that are looked at together; a search for a common word ends with the first few of them. */
const FIRST_STEP = 200;
const LONGEST_STEP = 1_000;

export interface WalkQuery extends PageQuery {
  readonly terms: readonly SearchTerm[];
  /** Rows for which it holds need none of the words. */
  readonly instead: Sql | null;
  readonly check: (match: string) => WordCheck;
  /** Texts that are looked at, each as often as a row has it. */
  readonly effort: number;
}

/** What says which texts a row has. */
export interface RowRecipes {
  readonly request_recipe: Uint8Array | null;
  readonly response_recipe: Uint8Array | null;
  readonly answer: number | null;
}

interface Candidate extends RowRecipes {
  readonly sequence: number;
  readonly instead: number;
}

/** @returns a page that may be short: `next` says where to read on. @throws SqliteError, RangeError of a damaged row */
export function walkRows(database: Database, narrowed: Narrowed, query: WalkQuery): FoundRows {
  const { limit, skip, terms, instead, check, effort } = query;
  const checks = terms.map(({ match }) => check(match));
  const wanted = terms.map(({ not }) => !not);
  const found: number[] = [];
  let effortLeft = effort;
  let before = query.before;
  let ended = false;
  // The first page also counts, as far as the effort goes.
  const enough = query.before === undefined ? Number.POSITIVE_INFINITY : skip + limit + 1;
  for (
    let step = FIRST_STEP;
    effortLeft > 0 && found.length < enough && !ended;
    step = Math.min(step * 2, LONGEST_STEP)
  ) {
    const candidates = candidatesOf(database, narrowed, { instead, before, wanted, step });
    const rows = candidates.map(withParts);
    for (const sequence of passing(rows, checks, wanted)) found.push(sequence);
    for (const { parts } of rows) effortLeft -= parts.size + 1;
    before = candidates.at(-1)?.sequence ?? before;
    ended = candidates.length < step;
  }
  const shown = found.slice(skip, skip + limit);
  return {
    rows: summariesOf(database, shown),
    total: found.length,
    totalIsExact: ended && query.before === undefined,
    next: found.length > skip + limit ? (shown.at(-1) ?? null) : ended ? null : (before ?? null),
  };
}

/** The next rows to look at, the newest first. Where a word has to stand, only those with texts. */
function candidatesOf(
  database: Database,
  narrowed: Narrowed,
  {
    instead,
    before,
    wanted,
    step,
  }: {
    readonly instead: Sql | null;
    readonly before: number | undefined;
    readonly wanted: readonly boolean[];
    readonly step: number;
  },
): readonly Candidate[] {
  const textsFirst = narrowed.few === null && instead === null && wanted.includes(true);
  const source = sourceOf(
    textsFirst ? { ...narrowed, walk: 'contents CROSS JOIN requests USING (sequence)' } : narrowed,
    before === undefined ? [] : [olderThan(before)],
    textsFirst ? '' : 'LEFT JOIN contents USING (sequence)',
  );
  return database
    .prepare<unknown[], Candidate>(
      `SELECT sequence, request_recipe, response_recipe, answer, ${instead?.text ?? '0'} AS instead
        ${source.text} ORDER BY sequence DESC LIMIT ?`,
    )
    .all(...(instead?.values ?? []), ...source.values, step);
}

interface RowParts {
  readonly row: Candidate;
  readonly parts: ReadonlySet<number>;
}

const withParts = (row: Candidate): RowParts => ({ row, parts: partsOfRow(row) });

function passing(
  rows: readonly RowParts[],
  checks: readonly WordCheck[],
  wanted: readonly boolean[],
): readonly number[] {
  return rows
    .filter(
      ({ row, parts }) =>
        row.instead === 1 || checks.every((check, index) => check.standsInOne(parts) === wanted[index]),
    )
    .map(({ row }) => row.sequence);
}

/** Parts of both bodies, and of the answer that a stream was put together to. */
export function partsOfRow(row: RowRecipes): ReadonlySet<number> {
  const parts = new Set<number>();
  for (const recipe of [row.request_recipe, row.response_recipe]) {
    if (recipe !== null) for (const part of partsOf(decodeRecipe(recipe))) parts.add(part);
  }
  if (row.answer !== null) parts.add(row.answer);
  return parts;
}

function summariesOf(database: Database, sequences: readonly number[]): FoundRows['rows'] {
  const rows = database
    .prepare<[string], StoredSummary>(
      `SELECT ${SUMMARY_COLUMNS} FROM requests WHERE sequence IN (SELECT value FROM json_each(?))
        ORDER BY sequence DESC`,
    )
    .all(JSON.stringify(sequences));
  return rows.map(summaryFrom);
}

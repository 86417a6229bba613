/**
 * Words in whole texts, for what must not go wrong: the full-text index is written behind the rows, and holds the
 * beginning of a long text only.
 */
import type { Database } from 'better-sqlite3';
import { decodeText } from '../core/json.ts';
import type { SearchTerm } from '../core/search-query.ts';
import { createBodyReader } from './body-reader.ts';
import { hasWords } from './memory-search.ts';
import { createPartReader } from './part-reader.ts';
import { SEARCHED_KINDS } from './parts.ts';
import { partsOfRow, type RowRecipes } from './walk-rows.ts';
import { MOST_CHARACTERS } from './word-index.ts';

/** Rows, of these, in one of whose texts one of the terms stands, whether it is one that must not or not. */
export type WholeTexts = (sequences: readonly number[], terms: readonly SearchTerm[]) => ReadonlySet<number>;

/** It @throws SqliteError when the file cannot be read, and as `PartReader` */
export function createWholeTexts(database: Database): WholeTexts {
  const recipes = database.prepare<[number], RowRecipes>(
    'SELECT request_recipe, response_recipe, answer FROM contents WHERE sequence = ?',
  );
  // A text has no more characters than its part has bytes.
  const beyondIndex = database
    .prepare<[string], number>(
      `SELECT id FROM parts WHERE id IN (SELECT value FROM json_each(?)) AND kind IN ${SEARCHED_KINDS}
        AND (length > ${MOST_CHARACTERS}
          OR id > coalesce((SELECT value FROM log_state WHERE name = 'indexed_part'), 0))`,
    )
    .pluck();
  const openParts = createPartReader(database);
  const bodies = createBodyReader(database);

  /** Of a row whose bodies are not in parts yet. */
  function oldTexts(sequence: number): readonly string[] {
    const request = bodies.body(sequence, 'request');
    if (request === undefined) return [];
    const answer = bodies.answer(sequence);
    const said =
      answer === null ? bodies.body(sequence, 'response')?.content.toString() : JSON.stringify(answer);
    return [request.content.toString(), said ?? ''];
  }

  return (sequences, terms) => {
    const parts = openParts();
    const wanted = terms.map((term) => ({ ...term, not: false }));
    /** Whether a term stands in a part; conversations share theirs. */
    const known = new Map<number, boolean>();
    const holds = (text: string): boolean => wanted.some((term) => hasWords([text], [term]));

    function partHolds(part: number): boolean {
      const before = known.get(part);
      if (before !== undefined) return before;
      const now = holds(decodeText(parts.part(part)));
      known.set(part, now);
      return now;
    }

    function rowHolds(sequence: number): boolean {
      const row = recipes.get(sequence);
      if (row === undefined) return oldTexts(sequence).some(holds);
      return beyondIndex.all(JSON.stringify([...partsOfRow(row)])).some(partHolds);
    }
    return new Set(sequences.filter(rowHolds));
  };
}

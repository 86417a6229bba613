/** Where the first word of a search stands in the rows of a page: in the newest of their texts that has it. */
import type { Database } from 'better-sqlite3';
import type { Excerpt } from '../../contract/log/row.ts';
import { excerptOf } from '../core/excerpt.ts';
import { decodeText } from '../core/json.ts';
import { partText } from '../core/part-text.ts';
import type { SearchTerm } from '../core/search-query.ts';
import { createPartReader } from './part-reader.ts';
import { partsOfRow, type RowRecipes } from './walk-rows.ts';
import type { WordCheck } from './word-check.ts';
import { MOST_CHARACTERS } from './word-index.ts';

/** @returns one for each sequence; null where no word has to stand, and where the words stand elsewhere */
export function createExcerptReader(
  database: Database,
): (sequences: readonly number[], term: SearchTerm, check: WordCheck) => readonly (Excerpt | null)[] {
  const recipes = database.prepare<[number], RowRecipes>(
    'SELECT request_recipe, response_recipe, answer FROM contents WHERE sequence = ?',
  );
  const openParts = createPartReader(database);

  return (sequences, term, check) => {
    const reader = openParts();
    return sequences.map((sequence) => {
      const row = recipes.get(sequence);
      const parts = row === undefined ? [] : [...partsOfRow(row)];
      const part = parts.findLast((one) => check.stands(one));
      if (part === undefined) return null;
      return excerptOf(partText(decodeText(reader.part(part)), MOST_CHARACTERS), term.text);
    });
  };
}

/**
 * Deletes rows with everything that only they used: parts, their words, blocks. What is left of a block is written
 * anew, so that no text stays in the file whose request is gone.
 */
import type { Database } from 'better-sqlite3';
import { PART_KINDS } from './parts.ts';
import { uncompressed, type StoredBlock } from './part-reader.ts';
import { compressed } from './part-store.ts';
import { decodeRecipe, partsOf } from './recipe.ts';

interface StoredContents {
  readonly request_recipe: Uint8Array | null;
  readonly response_recipe: Uint8Array | null;
  readonly answer: number | null;
}

interface StoredPart {
  readonly id: number;
  readonly offset: number;
  readonly length: number;
}

export interface RowDeleter {
  /** Finished rows of that list, in one transaction; answers how many there were. */
  deleteRows(sequences: readonly number[]): number;
  /** Drops the raw events of the oldest streams, at most `most` of them and none of the `newest` rows; answers how many went. */
  dropEvents(most: number, newest: number): number;
}

const SEARCHED: ReadonlySet<number> = new Set([
  PART_KINDS.message,
  PART_KINDS.answer,
  PART_KINDS.instructions,
]);

export function createRowDeleter(database: Database): RowDeleter {
  const findContents = database.prepare<[number], StoredContents>(
    'SELECT request_recipe, response_recipe, answer FROM contents WHERE sequence = ?',
  );
  const isLive = database
    .prepare<[number], number>(`SELECT 1 FROM requests WHERE sequence = ? AND outcome = 'live'`)
    .pluck();
  const deleteRow = database.prepare('DELETE FROM requests WHERE sequence = ?');
  const deleteUse = database.prepare('DELETE FROM uses WHERE part = ? AND sequence = ?');
  const isUsed = database.prepare<[number], number>('SELECT 1 FROM uses WHERE part = ? LIMIT 1').pluck();
  const deletePart = database.prepare<[number], { readonly block: number; readonly kind: number }>(
    'DELETE FROM parts WHERE id = ? RETURNING block, kind',
  );
  const deleteWords = database.prepare('DELETE FROM words WHERE rowid = ?');
  const spanOf = database.prepare<[number], number>('SELECT span FROM blocks WHERE id = ?').pluck();
  const partsIn = database.prepare<[number, number, number], StoredPart>(
    'SELECT id, offset, length FROM parts WHERE id >= ? AND id < ? AND block = ? ORDER BY id',
  );
  const findBlock = database.prepare<[number], StoredBlock>('SELECT encoding, data FROM blocks WHERE id = ?');
  const deleteBlock = database.prepare('DELETE FROM blocks WHERE id = ?');
  const updateBlock = database.prepare('UPDATE blocks SET encoding = ?, data = ? WHERE id = ?');
  const movePart = database.prepare('UPDATE parts SET offset = ? WHERE id = ?');
  const oldestStreams = database
    .prepare<[number, number], number>(
      `SELECT sequence FROM contents WHERE answer IS NOT NULL AND response_recipe IS NOT NULL
         AND sequence <= (SELECT sequence FROM requests ORDER BY sequence DESC LIMIT 1 OFFSET ?)
       ORDER BY sequence LIMIT ?`,
    )
    .pluck();
  const forgetEvents = database.prepare(
    `UPDATE contents SET response_state = 'dropped', response_recipe = NULL, event_times = NULL WHERE sequence = ?`,
  );
  const indexed = database
    .prepare<[], number>(`SELECT value FROM log_state WHERE name = 'indexed_part'`)
    .pluck();

  /** @param blocks takes the blocks that lost a part */
  function remove(part: number, blocks: Set<number>, lastIndexed: number): void {
    const gone = deletePart.get(part);
    if (gone === undefined) return;
    blocks.add(gone.block);
    if (SEARCHED.has(gone.kind) && part <= lastIndexed) deleteWords.run(part);
  }

  function tidy(block: number): void {
    const left = partsIn.all(block, block + (spanOf.get(block) ?? 0), block);
    const stored = findBlock.get(block);
    if (stored === undefined) return;
    if (left.length === 0) return void deleteBlock.run(block);
    const plain = uncompressed(stored);
    const pieces: Uint8Array[] = [];
    let end = 0;
    for (const { id, offset, length } of left) {
      pieces.push(plain.subarray(offset, offset + length));
      if (offset !== end) movePart.run(end, id);
      end += length;
    }
    updateBlock.run(...compressed(Buffer.concat(pieces)), block);
  }

  /** Parts of these rows that no other row uses. */
  function release(sequence: number): readonly number[] {
    const contents = findContents.get(sequence);
    if (contents === undefined) return [];
    const { request_recipe: request, response_recipe: response, answer } = contents;
    const parts = new Set(answer === null ? [] : [answer]);
    for (const recipe of [request, response]) {
      if (recipe !== null) for (const part of partsOf(decodeRecipe(recipe))) parts.add(part);
    }
    return [...parts].filter((part) => {
      deleteUse.run(part, sequence);
      return isUsed.get(part) === undefined;
    });
  }

  const deleteRows = database.transaction((sequences: readonly number[]): number => {
    const lastIndexed = indexed.get() ?? 0;
    const blocks = new Set<number>();
    let deleted = 0;
    for (const sequence of sequences) {
      if (isLive.get(sequence) !== undefined) continue;
      for (const part of release(sequence)) remove(part, blocks, lastIndexed);
      deleted += deleteRow.run(sequence).changes;
    }
    for (const block of blocks) tidy(block);
    return deleted;
  });

  const dropEvents = database.transaction((most: number, newest: number): number => {
    const sequences = oldestStreams.all(newest, most);
    const blocks = new Set<number>();
    for (const sequence of sequences) {
      const recipe = findContents.get(sequence)?.response_recipe ?? null;
      forgetEvents.run(sequence);
      if (recipe !== null) for (const part of partsOf(decodeRecipe(recipe))) remove(part, blocks, 0);
    }
    for (const block of blocks) tidy(block);
    return sequences.length;
  });

  return {
    deleteRows: (sequences) => deleteRows.immediate(sequences),
    dropEvents: (most, newest) => dropEvents.immediate(most, newest),
  };
}

/** Puts the words of stored parts into the full-text index, each part once, a little at a time. */
import type { Database } from 'better-sqlite3';
import type { IndexState } from '../../contract/log/row.ts';
import { decodeText } from '../core/json.ts';
import { partText } from '../core/part-text.ts';
import { searchWords } from '../core/search-words.ts';
import { createPartReader } from './part-reader.ts';
import { SEARCHED_KINDS } from './parts.ts';

/** Characters of a part that are indexed. Source: DESIGN section 8. */
export const MOST_CHARACTERS = 16_384;
/** Bytes of parts after which a step ends: it must not hold up rows for long. */
const STEP_BYTES = 262_144;

export interface WordIndex {
  /** Indexes the next parts in one transaction, at most `most`; answers whether there may be more. */
  step(most: number): boolean;
  state(): IndexState;
  /**
   * A step of rewriting the index without the words of parts that were deleted; answers whether there is more to do.
   * @param pages that are written at the most
   */
  purge(pages: number): boolean;
}

const NEXT = `SELECT id, length FROM parts WHERE id > ? AND kind IN ${SEARCHED_KINDS} ORDER BY id LIMIT ?`;
const WAITING = `SELECT count(*) AS waiting, min(id) AS first FROM parts WHERE id > ? AND kind IN ${SEARCHED_KINDS}`;

export function createWordIndex(database: Database): WordIndex {
  const next = database.prepare<[number, number], { readonly id: number; readonly length: number }>(NEXT);
  const waiting = database.prepare<[number], { readonly waiting: number; readonly first: number | null }>(
    WAITING,
  );
  const arrival = database
    .prepare<[number], number>(
      `SELECT started_at FROM requests WHERE sequence = (SELECT min(sequence) FROM uses WHERE part = ?)`,
    )
    .pluck();
  const mark = database
    .prepare<[], number>(`SELECT value FROM log_state WHERE name = 'indexed_part'`)
    .pluck();
  const setMark = database.prepare(
    `INSERT OR REPLACE INTO log_state (name, value) VALUES ('indexed_part', ?)`,
  );
  const insert = database.prepare('INSERT INTO words (rowid, text, pairs) VALUES (?, ?, ?)');
  const merge = database.prepare(`INSERT INTO words (words, rank) VALUES ('merge', ?)`);
  const changes = database.prepare<[], number>('SELECT total_changes()').pluck();
  const openParts = createPartReader(database);

  const step = database.transaction((most: number): boolean => {
    const parts = openParts();
    const found = next.all(mark.get() ?? 0, most);
    let bytes = 0;
    let last: number | undefined;
    for (const { id, length } of found) {
      if (bytes > STEP_BYTES) break;
      bytes += length;
      const { text, pairs } = searchWords(partText(decodeText(parts.part(id)), MOST_CHARACTERS));
      insert.run(id, text, pairs);
      last = id;
    }
    if (last !== undefined) setMark.run(last);
    return found.length === most || last !== found.at(-1)?.id;
  });

  return {
    step: (most) => step.immediate(most),
    state() {
      const { waiting: count = 0, first = null } = waiting.get(mark.get() ?? 0) ?? {};
      return { waiting: count, since: first === null ? null : (arrival.get(first) ?? null) };
    },
    purge(pages) {
      const before = changes.get() ?? 0;
      // Negative: segments that nothing would merge by themselves are merged too.
      merge.run(-pages);
      // Source: sqlite.org/fts5.html, "The 'merge' Command": less than two changes mean that nothing was left to do.
      return (changes.get() ?? 0) - before >= 2;
    },
  };
}

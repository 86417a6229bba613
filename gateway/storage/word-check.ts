/**
 * Which texts of the log a term stands in, as one byte for each text: the index gives all of them in order at an
 * eighth of a microsecond each, while a question about one text costs as much as some ten thousand answers.
 */
import type { Database } from 'better-sqlite3';

/** Terms that are remembered: those of a search that is read on, page by page. */
const REMEMBERED = 8;

export interface WordCheck {
  stands(part: number): boolean;
  standsInOne(parts: ReadonlySet<number>): boolean;
}

/** Gives the check for an FTS5 expression. */
export type WordChecks = (match: string) => WordCheck;

export function createWordChecks(database: Database): WordChecks {
  const parts = database
    .prepare<[string], number>('SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid')
    .pluck();
  const version = database.prepare<[], number>('PRAGMA data_version').pluck();
  const known = new Map<string, WordCheck>();
  let knownAt: number | undefined;

  return (match) => {
    const now = version.get();
    if (now !== knownAt) known.clear();
    knownAt = now;
    const check = known.get(match) ?? checkOf(parts.all(match));
    known.delete(match);
    known.set(match, check);
    for (const oldest of known.keys()) if (known.size > REMEMBERED) known.delete(oldest);
    return check;
  };
}

/** @param found rising ids */
function checkOf(found: readonly number[]): WordCheck {
  const stands = new Uint8Array((found.at(-1) ?? 0) + 1);
  for (const part of found) stands[part] = 1;
  return {
    stands: (part) => stands[part] === 1,
    standsInOne(parts) {
      for (const part of parts) if (stands[part] === 1) return true;
      return false;
    },
  };
}

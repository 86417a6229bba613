/**
 * A copy of the log as it was, kept before its schema changes, so that an older version can be installed again. One
 * at most; none where the file is large or the disk has no room for it, since a start must not take minutes.
 */
import { closeSync, openSync, readdirSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Database } from 'better-sqlite3';

/** Largest file that is copied, bytes: some seconds of an ordinary disk. */
const LARGEST = 256_000_000;
/** Room that has to be left beside the copy, bytes: the migration and the log itself need some. */
const SPARE = 256_000_000;

/** Once this old, a copy goes with the next start, ms. */
export const OLDEST_COPY = 30 * 86_400_000;

/** @param schema of the file as it is @returns where the copy lies; null where none was made */
export function keepOldCopy(database: Database, schema: number): string | null {
  const file = database.name;
  const copy = `${file}.schema-${schema}`;
  const aside = `${copy}.partial`;
  try {
    const bytes = statSync(file).size;
    const { bavail, bsize } = statfsSync(dirname(file));
    if (bytes > LARGEST || bavail * bsize < bytes + SPARE) return null;
    rmSync(aside, { force: true });
    // SQLite would make it readable by everybody; it takes an empty file as well as none.
    closeSync(openSync(aside, 'wx', 0o600));
    database.prepare('VACUUM INTO ?').run(aside);
    renameSync(aside, copy);
    for (const other of copiesOf(file)) if (other !== copy) rmSync(other, { force: true });
    return copy;
  } catch {
    // It is for a rare need; the log itself is not kept from working by it.
    rmSync(aside, { force: true });
    return null;
  }
}

/** Deletes copies last written before a moment: what a user deletes must not live on in them. @param before Unix ms */
export function forgetOldCopies(file: string, before: number): void {
  for (const path of copiesOf(file)) {
    if (statSync(path).mtimeMs < before) rmSync(path, { force: true });
  }
}

function copiesOf(file: string): readonly string[] {
  const folder = dirname(file);
  const names = readdirSync(folder).filter((name) => name.startsWith(`${basename(file)}.schema-`));
  return names.map((name) => join(folder, name));
}

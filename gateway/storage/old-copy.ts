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

/** No copy, and no damaged log that was put aside, is kept for longer, ms. */
export const OLDEST_COPY = 30 * 86_400_000;

/** What names of files beside the log go on with: its copies, and what was put aside because it was damaged. */
const COPY = '.schema-';
export const BROKEN = '.broken-';

/** @param schema of the file as it is @returns where the copy lies; null where none was made */
export function keepOldCopy(database: Database, schema: number): string | null {
  const file = database.name;
  const copy = `${file}${COPY}${schema}`;
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
    for (const other of beside(file, [COPY])) if (other !== copy) rmSync(other, { force: true });
    return copy;
  } catch {
    // It is for a rare need; the log itself is not kept from working by it.
    rmSync(aside, { force: true });
    return null;
  }
}

/**
 * Deletes copies last written, and damaged logs put aside, before a moment: what a user deletes must not live on in
 * them. @param before Unix ms
 */
export function forgetOldCopies(file: string, before: number): void {
  for (const path of beside(file)) {
    if (statSync(path).mtimeMs < before) rmSync(path, { force: true });
  }
}

/** Whether a file beside the log holds what the log once held. @param log name of its file */
export const isOldCopy = (log: string, name: string, kinds: readonly string[] = [COPY, BROKEN]): boolean =>
  kinds.some((kind) => name.startsWith(log + kind));

function beside(file: string, kinds?: readonly string[]): readonly string[] {
  const folder = dirname(file);
  const names = readdirSync(folder).filter((name) => isOldCopy(basename(file), name, kinds));
  return names.map((name) => join(folder, name));
}

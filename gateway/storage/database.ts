/** Opening the file of the request log: settings, a check of the whole, and putting a damaged one aside. */
import { closeSync, existsSync, openSync, renameSync, statSync, utimesSync } from 'node:fs';
import Database from 'better-sqlite3';
import { migrate, newestSchema, schemaOf } from './migrate.ts';
import { MIGRATIONS } from './migrations.ts';
import { BROKEN, forgetOldCopies, keepOldCopy, OLDEST_COPY } from './old-copy.ts';

/** How long SQLite waits for a lock of another connection, ms. Blocks the worker only. */
const BUSY_TIMEOUT = 2_000;
/** Pages a reader keeps, KiB: the indexes that a list is found and counted by, of a million rows. */
const READER_CACHE = 32 * 1024;
/** Files up to this size are checked before they are used, bytes: some tenth of a second. */
export const CHECKED_AT_ONCE = 64 * 1024 * 1024;
/** Pages the writer keeps, KiB: the leaves of the indexes that new rows go into and old ones leave. */
const WRITER_CACHE = 8 * 1024;
/** The write-ahead log is cut back to this after a checkpoint, bytes. */
const WAL_LIMIT = 32 * 1024 * 1024;

export interface OpenedLog {
  readonly database: Database.Database;
  /** Where a damaged file was moved to; null when there was none. */
  readonly setAside: string | null;
  /** False for a file so large that its check would hold up the start: it is checked while it is in use. */
  readonly checked: boolean;
}

/**
 * Opens for writing; a damaged file is renamed and a new one begun. The whole file is checked, now or soon, because
 * a torn page is otherwise found only when somebody reads it.
 * @param at names the damaged file
 * @throws NewerDatabaseError; SqliteError when the file is locked or cannot be opened
 */
export function openForWriting(file: string, at: Date): OpenedLog {
  try {
    const checked = sizeOf(file) <= CHECKED_AT_ONCE;
    return { database: open(file, checked), setAside: null, checked };
  } catch (error) {
    if (!isDamage(error)) throw error;
    return replaceDamaged(file, at);
  }
}

/**
 * Renames the file with its -wal and -shm, which belong to it alone, and opens a new one. No connection of
 * this thread may be open.
 * @throws SqliteError, or the error of the renaming
 */
export function replaceDamaged(file: string, at: Date): OpenedLog {
  const aside = asideName(file, at);
  for (const suffix of ['', '-wal', '-shm']) {
    if (!existsSync(file + suffix)) continue;
    renameSync(file + suffix, aside + suffix);
    // It is kept for a while from now on, whenever it was written last.
    utimesSync(aside + suffix, at, at);
  }
  return { database: open(file, false), setAside: aside, checked: true };
}

/** Read-only, so that a query can never hold up the writer. @throws SqliteError */
export function openForReading(file: string): Database.Database {
  const database = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT });
  database.pragma(`cache_size = -${READER_CACHE}`);
  return database;
}

/** Whether SQLite says that the file itself is damaged, or no database at all. */
export function isDamage(error: unknown): boolean {
  if (!(error instanceof Database.SqliteError)) return false;
  return error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB';
}

/** @param table all of them where none is named. @throws SqliteError */
export function isSound(database: Database.Database, table?: string): boolean {
  const which = table === undefined ? '1' : `'${table.replaceAll("'", "''")}'`;
  return database.pragma(`quick_check(${which})`, { simple: true }) === 'ok';
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

function open(file: string, check: boolean): Database.Database {
  // Conversations are nobody else's business; SQLite gives -wal and -shm the mode of the file.
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
  const database = new Database(file, { timeout: BUSY_TIMEOUT });
  try {
    // Before the first table, or it has no effect: lets deleted rows give their space back in steps.
    database.pragma('auto_vacuum = INCREMENTAL');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    database.pragma('foreign_keys = ON');
    // What is deleted is overwritten: conversations must not live on in free pages.
    database.pragma('secure_delete = ON');
    database.pragma(`cache_size = -${WRITER_CACHE}`);
    database.pragma(`journal_size_limit = ${WAL_LIMIT}`);
    if (check && !isSound(database)) throw new Database.SqliteError('the file is damaged', 'SQLITE_CORRUPT');
    const schema = schemaOf(database);
    if (schema > 0 && schema < newestSchema(MIGRATIONS)) keepOldCopy(database, schema);
    migrate(database, MIGRATIONS);
    forgetOldCopies(file, Date.now() - OLDEST_COPY);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Colons are not allowed in the file names of Windows. */
function asideName(file: string, at: Date): string {
  return `${file}${BROKEN}${at.toISOString().replaceAll(':', '-')}`;
}

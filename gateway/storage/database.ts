/** Opening the file of the request log: settings, a check of the whole, and putting a damaged one aside. */
import { closeSync, existsSync, openSync, renameSync } from 'node:fs';
import Database from 'better-sqlite3';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations.ts';

/** How long SQLite waits for a lock of another connection, ms. Blocks the worker only. */
const BUSY_TIMEOUT = 2_000;
/** Pages a reader keeps, KiB: the indexes that a list is found and counted by, of a million rows. */
const READER_CACHE = 32 * 1024;
/** The write-ahead log is cut back to this after a checkpoint, bytes. */
const WAL_LIMIT = 32 * 1024 * 1024;

export interface OpenedLog {
  readonly database: Database.Database;
  /** Where a damaged file was moved to; null when there was none. */
  readonly setAside: string | null;
}

/**
 * Opens for writing; a damaged file is renamed and a new one begun. The whole file is checked, because a torn
 * page is otherwise found only when somebody reads it.
 * @param at names the damaged file
 * @throws NewerDatabaseError; SqliteError when the file is locked or cannot be opened
 */
export function openForWriting(file: string, at: Date): OpenedLog {
  try {
    return { database: open(file), setAside: null };
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
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  }
  return { database: open(file), setAside: aside };
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

function open(file: string): Database.Database {
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
    database.pragma(`journal_size_limit = ${WAL_LIMIT}`);
    const verdict: unknown = database.pragma('quick_check(1)', { simple: true });
    if (verdict !== 'ok') throw new Database.SqliteError(String(verdict), 'SQLITE_CORRUPT');
    migrate(database, MIGRATIONS);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Colons are not allowed in the file names of Windows. */
function asideName(file: string, at: Date): string {
  return `${file}.broken-${at.toISOString().replaceAll(':', '-')}`;
}

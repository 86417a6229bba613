/** What went wrong with the log's file, for the one who has to act, and whether waiting helps. */
import { basename, dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { causeOf, say } from '../core/sayings.ts';

/** Result codes of SQLite (sqlite.org/rescode.html) that say nothing against the data: the same write may succeed later. */
const PASSING = [
  'SQLITE_BUSY',
  'SQLITE_LOCKED',
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_CANTOPEN',
  'SQLITE_READONLY',
  'SQLITE_PERM',
  'SQLITE_AUTH',
  'SQLITE_NOMEM',
  'SQLITE_PROTOCOL',
];

/** Whether trying the same again later is reasonable. */
export function isPassing(error: unknown): boolean {
  const code = codeOf(error);
  return PASSING.some((prefix) => code.startsWith(prefix));
}

/** For the user: what is wrong with the log, what still works, what to do. */
export function logProblem(error: unknown, file: string): Told {
  const code = codeOf(error);
  if (code.startsWith('SQLITE_FULL')) {
    return say('log-disk-full', { folder: dirname(file) });
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return say('log-locked', { name: basename(file), path: file });
  }
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_PERM') || code === 'EACCES') {
    return say('log-forbidden', { path: file });
  }
  return say('log-unusable', { path: file }, causeOf(error));
}

function codeOf(error: unknown): string {
  if (error instanceof Database.SqliteError) return error.code;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return '';
}

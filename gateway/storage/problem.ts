/** What went wrong with the log's file, for the one who has to act, and whether waiting helps. */
import { basename, dirname } from 'node:path';
import Database from 'better-sqlite3';

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

/** A sentence for the user: what is wrong with the log, what still works, what to do. */
export function problemSentence(error: unknown, file: string): string {
  const name = basename(file);
  const code = codeOf(error);
  if (code.startsWith('SQLITE_FULL')) {
    return `The disk is full: requests are served but not recorded until there is space in ${dirname(file)}.`;
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return `Another program holds ${name} locked: requests are served and will be recorded when it lets go. Close the program that has ${file} open.`;
  }
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_PERM') || code === 'EACCES') {
    return `Switchyard may not write to ${file}: requests are served but not recorded. Allow writing to the file and its folder.`;
  }
  const reason = error instanceof Error ? error.message : String(error);
  return `The request log ${file} cannot be used (${reason}): requests are served but not recorded. Switchyard keeps trying.`;
}

function codeOf(error: unknown): string {
  if (error instanceof Database.SqliteError) return error.code;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return '';
}

/** Looks through a large file while it is in use: one table after the other on a connection of its own, then ends. */
import type { MessagePort } from 'node:worker_threads';
import { isDamage, isSound, openForReading } from './database.ts';
import type { CheckerReply } from './messages.ts';

const TABLES = `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'`;

/** Between two tables no transaction is open, and the write-ahead log can be taken up. */
export function runChecker(port: MessagePort, file: string): void {
  const sound = isFileSound(file);
  port.postMessage({ sound } satisfies CheckerReply);
  port.close();
}

/** True as well where it cannot be told: who reads or writes will hear the same. */
function isFileSound(file: string): boolean {
  try {
    const database = openForReading(file);
    try {
      const tables = database.prepare<[], string>(TABLES).pluck().all();
      return tables.every((table) => isSound(database, table));
    } finally {
      // Before the answer: Windows renames no file that is open.
      database.close();
    }
  } catch (error) {
    return !isDamage(error);
  }
}

/** A database of the request log in memory, with the schema of today, and rows as a batch brings them. */
import Database from 'better-sqlite3';
import type { RequestRow } from '../../contract/log/row.ts';
import type { RowBodies } from '../core/log-store.ts';
import { createRedactor } from '../core/redact.ts';
import { encodeBatch } from '../storage/encode-batch.ts';
import { migrate } from '../storage/migrate.ts';
import { MIGRATIONS } from '../storage/migrations.ts';
import { createOutbox, OUTBOX_LIMITS } from '../storage/outbox.ts';
import { prepareBatch, STREAM_EVENTS, type PreparedRow } from '../storage/prepare.ts';

export function createLogDatabase(): Database.Database {
  const database = new Database(':memory:');
  database.pragma('auto_vacuum = INCREMENTAL');
  database.pragma('foreign_keys = ON');
  migrate(database, MIGRATIONS);
  return database;
}

/** A row on the way it takes from the main thread to the database. */
export function prepared(
  row: RequestRow,
  bodies: RowBodies,
  secrets: readonly string[] = [],
  mostEvents = STREAM_EVENTS,
): PreparedRow {
  const outbox = createOutbox(OUTBOX_LIMITS);
  outbox.add(row, bodies);
  const [only] = prepareBatch(encodeBatch(1, outbox.take()), createRedactor(secrets), mostEvents).rows;
  if (only === undefined) throw new Error('the row could not be prepared');
  return only;
}

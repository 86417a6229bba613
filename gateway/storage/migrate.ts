/** Brings a database to the schema this version knows. Forward only; the number stands in `user_version`. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { say } from '../core/sayings.ts';
import type { Database } from 'better-sqlite3';

export interface Migration {
  /** Schema number after it; they rise by one from 1. */
  readonly version: number;
  readonly sql: string;
  /** What has to follow in the same transaction and is no SQL. */
  readonly then?: (database: Database) => void;
}

/** The file was written by a later version. Nothing was changed in it. */
export class NewerDatabaseError extends Error {
  readonly told: Told;

  constructor(file: string, found: number, known: number) {
    const told = say('log-newer', { path: file, found, known });
    super(told.text);
    this.name = 'NewerDatabaseError';
    this.told = told;
  }
}

/**
 * Each migration is one transaction together with its number, so a crash leaves the schema before or after it.
 * @throws NewerDatabaseError
 */
export function migrate(database: Database, migrations: readonly Migration[]): void {
  const known = newestSchema(migrations);
  const found = schemaOf(database);
  if (found > known) throw new NewerDatabaseError(database.name, found, known);
  for (const migration of migrations) {
    if (migration.version <= found) continue;
    database
      .transaction(() => {
        database.exec(migration.sql);
        migration.then?.(database);
        database.pragma(`user_version = ${migration.version}`);
      })
      .immediate();
  }
}

/** Schema number that these lead to. */
export const newestSchema = (migrations: readonly Migration[]): number => migrations.at(-1)?.version ?? 0;

/** Schema number of the database; 0 for an empty one. */
export function schemaOf(database: Database): number {
  const version: unknown = database.pragma('user_version', { simple: true });
  return typeof version === 'number' ? version : 0;
}

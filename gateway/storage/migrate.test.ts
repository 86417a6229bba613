import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { migrate, NewerDatabaseError, schemaOf, type Migration } from './migrate.ts';

const FIRST: Migration = { version: 1, sql: 'CREATE TABLE one (a INTEGER)' };
const SECOND: Migration = { version: 2, sql: 'ALTER TABLE one ADD COLUMN b TEXT' };
const BROKEN: Migration = { version: 2, sql: 'CREATE TABLE two (a); CREATE TABLE two (a)' };

const tables = (database: Database.Database): readonly string[] =>
  database.prepare<[], string>('SELECT name FROM sqlite_schema').pluck().all();

it('runs what is missing, in order, once', () => {
  const database = new Database(':memory:');
  migrate(database, [FIRST]);
  expect(schemaOf(database)).toBe(1);
  migrate(database, [FIRST, SECOND]);
  migrate(database, [FIRST, SECOND]);
  expect(schemaOf(database)).toBe(2);
  expect(() => database.exec('SELECT a, b FROM one')).not.toThrow();
});

it('leaves nothing of a migration that fails', () => {
  const database = new Database(':memory:');
  expect(() => migrate(database, [FIRST, BROKEN])).toThrow('already exists');
  expect([schemaOf(database), tables(database)]).toEqual([1, ['one']]);
});

it('refuses a newer database and says what to do', () => {
  const database = new Database(':memory:');
  database.pragma('user_version = 3');
  expect(() => migrate(database, [FIRST, SECOND])).toThrow(NewerDatabaseError);
  expect(() => migrate(database, [FIRST, SECOND])).toThrow(/schema 3.*up to 2.*newer version/);
  expect(tables(database)).toEqual([]);
});

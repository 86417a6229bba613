import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databaseSize } from './database-size.ts';
import { openForWriting, replaceDamaged } from './database.ts';
import { forgetOldCopies } from './old-copy.ts';
import { migrate, schemaOf } from './migrate.ts';
import { MIGRATIONS } from './migrations.ts';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-old-copy-'));
  file = join(folder, 'log.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const copies = (): readonly string[] => readdirSync(folder).filter((name) => name.includes('.schema-'));

/** A log as an older version left it. */
function older(schema: number): void {
  rmSync(file, { force: true });
  const database = new Database(file);
  migrate(database, MIGRATIONS.slice(0, schema));
  database.close();
}

it('the log before its schema changes is kept once, for its owner only, and opens', () => {
  older(1);
  openForWriting(file, new Date()).database.close();
  expect(copies()).toEqual(['log.db.schema-1']);
  const copy = join(folder, 'log.db.schema-1');
  expect(statSync(copy).mode & 0o777).toBe(0o600);
  const kept = new Database(copy, { readonly: true });
  expect(schemaOf(kept)).toBe(1);
  kept.close();

  older(2);
  openForWriting(file, new Date()).database.close();
  expect(copies()).toEqual(['log.db.schema-2']);
  openForWriting(file, new Date()).database.close();
  expect(copies()).toEqual(['log.db.schema-2']);
});

it('a new log is no older one', () => {
  openForWriting(file, new Date()).database.close();
  expect(copies()).toEqual([]);
});

it('goes when it is old, or when the log is emptied', () => {
  older(1);
  openForWriting(file, new Date()).database.close();
  forgetOldCopies(file, statSync(join(folder, 'log.db.schema-1')).mtimeMs);
  expect(copies()).toHaveLength(1);
  forgetOldCopies(file, Infinity);
  expect(copies()).toEqual([]);
});

describe('a damaged log that was put aside', () => {
  const aside = (): readonly string[] => readdirSync(folder).filter((name) => name.includes('.broken-'));
  const damage = (): void => {
    rmSync(file, { force: true });
    writeFileSync(file, 'no database, '.repeat(1_000));
    writeFileSync(`${file}-wal`, 'of it');
    // A log that was hardly written to before it was found damaged.
    utimesSync(file, 0, 0);
  };

  it('stays for 30 days from then, and goes with what SQLite keeps beside it', () => {
    damage();
    replaceDamaged(file, new Date()).database.close();
    expect(aside()).toHaveLength(2);
    const later = new Date(Date.now() - 31 * 86_400_000);
    for (const name of aside()) utimesSync(join(folder, name), later, later);
    openForWriting(file, new Date()).database.close();
    expect(aside()).toEqual([]);
  });

  it('goes when the log is emptied', () => {
    damage();
    replaceDamaged(file, new Date()).database.close();
    forgetOldCopies(file, Infinity);
    expect(aside()).toEqual([]);
  });

  it('counts to the size of the log', async () => {
    openForWriting(file, new Date()).database.close();
    const alone = await databaseSize(file);
    damage();
    const { size } = statSync(file);
    replaceDamaged(file, new Date()).database.close();
    expect(await databaseSize(file)).toBe(alone + size + 'of it'.length);
  });
});

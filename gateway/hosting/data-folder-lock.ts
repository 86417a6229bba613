/**
 * One process per data folder. The lock is the operating system's own, held on a small SQLite file: it is
 * gone with its process however that ends, so no stale lock of a dead or reused process id can exist. Who
 * holds it stands in a file beside it, and is believed only while the lock is held: a process that was killed leaves
 * its address behind, and whoever listens there next is a stranger.
 */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import * as z from 'zod/mini';
import { replaceFile } from '../state/replace-file.ts';
import { StartProblem } from './start-problem.ts';

const holderSchema = z.object({
  pid: z.int(),
  address: z.string(),
  /** Of the door for commands of the same account; the file is for its owner alone. */
  token: z.optional(z.string()),
});
export type Holder = z.output<typeof holderSchema>;

export interface DataFolderLock {
  /**
   * Tells a second process who is here: process id and, once it is known, address.
   * @throws StartProblem when nothing can be written in the folder
   */
  announce(holder: Holder): Promise<void>;
  release(): Promise<void>;
}

const LOCK_FILE = 'switchyard.lock';
const HOLDER_FILE = 'switchyard.lock.json';
/** Whoever only looks whether the lock is held has it shared for less than this, ms. */
const LOOKING = 50;

/** @throws StartProblem when another process holds the folder, naming it, or when nothing can be written there */
export async function lockDataFolder(folder: string): Promise<DataFolderLock> {
  const holderFile = join(folder, HOLDER_FILE);
  const database = await hold(folder, holderFile);
  // What one that was killed left here is not this one's address. Where it cannot go, `announce` says why.
  await rm(holderFile, { force: true }).catch(() => undefined);
  return {
    async announce(holder) {
      try {
        await replaceFile(holderFile, `${JSON.stringify(holder)}\n`);
      } catch (error) {
        // The lock itself needs no room and no right to write: a full or read-only disk shows here first.
        throw unusable(folder, error);
      }
    },
    async release() {
      await rm(holderFile, { force: true });
      database.close();
    },
  };
}

async function hold(folder: string, holderFile: string): Promise<Database.Database> {
  let database: Database.Database | undefined;
  try {
    database = new Database(join(folder, LOCK_FILE), { timeout: LOOKING });
    // No journal file: nothing is ever written.
    database.pragma('journal_mode = memory');
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database?.close();
    if (!(error instanceof Error)) throw error;
    if ('code' in error && error.code === 'SQLITE_BUSY') throw taken(folder, await readHolder(holderFile));
    throw unusable(folder, error);
  }
}

function unusable(folder: string, error: unknown): StartProblem {
  const reason = error instanceof Error ? error.message : String(error);
  return new StartProblem(
    `The data folder ${folder} cannot be used (${reason}). Choose another with --data-dir or SWITCHYARD_DATA_DIR, or make this one writable for this account.`,
    error,
  );
}

function taken(folder: string, holder: Holder | undefined): StartProblem {
  const who =
    holder === undefined
      ? 'Another Switchyard'
      : `Another Switchyard (process ${holder.pid}${holder.address === '' ? ', still starting' : ` on ${holder.address}`})`;
  return new StartProblem(
    `${who} already uses the data folder ${folder}. Use that one, stop it first, or give this one a folder of its own with --data-dir.`,
  );
}

/** Who holds the folder now; undefined where nobody does, and where the holder has not said so yet. */
export async function holderOf(folder: string): Promise<Holder | undefined> {
  return isHeld(folder) ? readHolder(join(folder, HOLDER_FILE)) : undefined;
}

function isHeld(folder: string): boolean {
  let database: Database.Database | undefined;
  try {
    database = new Database(join(folder, LOCK_FILE), { readonly: true, timeout: 0 });
    database.prepare('SELECT 1 FROM sqlite_schema').all();
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';
  } finally {
    database?.close();
  }
}

/** Undefined when the holder has not written it yet. */
async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return holderSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

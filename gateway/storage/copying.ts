/**
 * A consistent copy of the file while it is written to, by SQLite's own online back-up on the one connection that
 * writes: a few pages, then whatever waits, then further pages. What is written meanwhile is in the copy too.
 */
import { closeSync, openSync, rmSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { schemaOf } from './migrate.ts';

/** Pages of 4 KiB between two looks at what waits: some milliseconds of a slow disk. */
const STEP_PAGES = 1_000;

export interface Copying {
  /** Ends a copy under way; nothing of it stays. */
  stop(): void;
}

export interface CopyOptions {
  readonly database: Database;
  /** Replaced where it is there. */
  readonly to: string;
  /** Hears how much is copied, from 0 to 1. */
  readonly told: (share: number) => void;
  /** @param schema of the copy */
  readonly done: (schema: number) => void;
  readonly failed: (error: unknown) => void;
}

export function startCopying({ database, to, told, done, failed }: CopyOptions): Copying {
  let stopped = false;
  rmSync(to, { force: true });
  // SQLite would make it readable by everybody; it takes an empty file as well as none.
  closeSync(openSync(to, 'wx', 0o600));
  void database
    .backup(to, {
      progress({ totalPages, remainingPages }) {
        if (stopped) throw new Error('The copy was stopped.');
        if (totalPages > 0) told((totalPages - remainingPages) / totalPages);
        return STEP_PAGES;
      },
    })
    .then(() => done(schemaOf(database)))
    .catch((error: unknown) => {
      rmSync(to, { force: true });
      failed(error);
    });
  return {
    stop() {
      stopped = true;
    },
  };
}

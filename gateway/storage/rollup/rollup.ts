/**
 * Keeps the sums by minute, hour and day: each finished request counts once, however often its row is written.
 * What a batch counted goes to the journal in its transaction; it is added to the sums when they are read, and every
 * few seconds.
 */
import type { Database } from 'better-sqlite3';
import type { RequestRow } from '../../../contract/log/row.ts';
import {
  COUNTED_COLUMNS,
  countedRow,
  countedStored,
  type CountedRequest,
  type StoredCounted,
} from './counted.ts';
import { addEntry, createJournal, type Entries } from './journal.ts';
import { beginningOf } from './levels.ts';
import { createLevelsStore } from './levels-store.ts';
import { createNameIds } from './name-ids.ts';

export interface Rollup {
  /** What the stored row of the same request already counts for; null where it counts for nothing yet. */
  counted(row: RequestRow): CountedRequest | null;
  /** The request counts as the row says from now on, instead of as `before`. */
  count(row: RequestRow, before: CountedRequest | null): void;
  /**
   * Counts every request of the log that still runs as interrupted; call right before the rows say so.
   * @param sequences only these
   */
  interruptLive(sequences?: readonly number[]): void;
  /** Writes what was counted to the journal. Belongs in the transaction that writes the rows. */
  flush(): void;
  /**
   * Adds what the journal holds to the sums. Belongs in a transaction of its own.
   * @param each acts for one entry, and may undo and pass over what fails
   */
  fold(each: (act: () => void, requests: number) => void): void;
  /** The transaction failed: nothing of it is stored, and nothing of it counts. */
  discard(): void;
  /** Deletes sums that are older than their level is kept. @param now Unix ms */
  forget(now: number): void;
}

const STORED = `SELECT ${COUNTED_COLUMNS} FROM requests`;

export function createRollup(database: Database): Rollup {
  const stored = database.prepare<[number, string], StoredCounted>(`${STORED} WHERE sequence = ? AND id = ?`);
  const live = database.prepare<[], StoredCounted>(`${STORED} WHERE outcome = 'live'`);
  const liveAmong = database.prepare<[string], StoredCounted>(
    `${STORED} WHERE outcome = 'live' AND sequence IN (SELECT value FROM json_each(?))`,
  );
  const names = createNameIds(database);
  const levels = createLevelsStore(database);
  const journal = createJournal(database);
  /** What this transaction counted. */
  let counted: Entries = new Map();
  /** What the journal holds; undefined until it is read. */
  let waiting: Entries | undefined;

  function add({ at, names: named, sums }: CountedRequest, sign: 1 | -1): void {
    addEntry(counted, { at: beginningOf('minute', at), names: names.idOf(named), sums }, sign);
  }

  function flush(): void {
    if (counted.size === 0) return;
    journal.append(counted);
    if (waiting !== undefined) for (const entry of counted.values()) addEntry(waiting, entry);
    counted = new Map();
  }

  return {
    counted(row) {
      if (row.imported === true) return null;
      const found = stored.get(row.sequence, row.id);
      return found === undefined ? null : countedStored(found);
    },
    count(row, before) {
      if (before !== null) add(before, -1);
      const now = countedRow(row);
      if (now !== null) add(now, 1);
    },
    interruptLive(sequences) {
      const rows = sequences === undefined ? live.all() : liveAmong.all(JSON.stringify(sequences));
      for (const row of rows) {
        const interrupted = countedStored({ ...row, outcome: 'interrupted' });
        if (interrupted !== null) add(interrupted, 1);
      }
      flush();
    },
    flush,
    fold(each) {
      waiting ??= journal.read();
      if (waiting.size === 0) return;
      for (const { at, names: id, sums } of waiting.values()) {
        const add = (): void => {
          try {
            levels.add(id, at, sums);
          } catch (error) {
            levels.discard();
            throw error;
          }
        };
        each(add, sums.counters.requests);
      }
      journal.empty();
      waiting = new Map();
    },
    discard() {
      names.forget();
      levels.discard();
      counted = new Map();
      waiting = undefined;
    },
    forget: (now) => levels.forget(now),
  };
}

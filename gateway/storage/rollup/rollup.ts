/** Keeps the sums by minute, hour and day: each finished request counts once, however often its row is written. */
import type { Database } from 'better-sqlite3';
import type { RequestRow } from '../../../contract/log/row.ts';
import { beginningOf, KEPT, LEVELS } from './levels.ts';
import {
  COUNTED_COLUMNS,
  countedRow,
  countedStored,
  type CountedRequest,
  type StoredCounted,
} from './counted.ts';
import { createNameIds } from './name-ids.ts';
import { storedValues, SUM_COLUMNS, sumsFrom, type StoredSums } from './rows.ts';
import { addSums, noSums, type Sums } from './sums.ts';

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
  /** Writes what was counted. Belongs in the transaction that writes the rows. */
  flush(): void;
  /** The transaction failed: nothing of it is stored, and nothing of it counts. */
  discard(): void;
  /** Deletes sums that are older than their level is kept. @param now Unix ms */
  forget(now: number): void;
  /** Counts everything that the log holds; for a log that was begun before there were statistics. */
  countAll(): void;
}

interface Waiting {
  readonly level: number;
  readonly at: number;
  /** Of its names. */
  readonly id: number;
  readonly sums: Sums;
}

/** Sums held in memory: a hundred keys of three models are 900 of a minute, an hour and a day. */
const MOST_HELD = 2_000;

const STORED = `SELECT ${COUNTED_COLUMNS} FROM requests`;

export function createRollup(database: Database): Rollup {
  const stored = database.prepare<[number, string], StoredCounted>(`${STORED} WHERE sequence = ? AND id = ?`);
  const live = database.prepare<[], StoredCounted>(`${STORED} WHERE outcome = 'live'`);
  const liveAmong = database.prepare<[string], StoredCounted>(
    `${STORED} WHERE outcome = 'live' AND sequence IN (SELECT value FROM json_each(?))`,
  );
  const all = database.prepare<[number], StoredCounted>(
    `${STORED} WHERE sequence > ? ORDER BY sequence LIMIT 5000`,
  );
  const names = createNameIds(database);
  const read = database.prepare<[number, number, number], StoredSums>(
    `SELECT ${SUM_COLUMNS.join(', ')} FROM statistics WHERE level = ? AND at = ? AND names = ?`,
  );
  const write = database.prepare(
    `INSERT OR REPLACE INTO statistics (level, at, names, ${SUM_COLUMNS.join(', ')})
      VALUES (?, ?, ?, ${SUM_COLUMNS.map(() => '?').join(', ')})`,
  );
  const forget = database.prepare<[number, number]>('DELETE FROM statistics WHERE level = ? AND at < ?');

  /** By level, beginning and names. */
  const waiting = new Map<string, Waiting>();
  /** Stored sums by the same: nobody else writes them, and each batch adds to those that the one before added to. */
  const held = new Map<string, Sums>();

  function add({ at, names: named, sums }: CountedRequest, sign: 1 | -1): void {
    const id = names.idOf(named);
    for (const [level, name] of LEVELS.entries()) {
      const beginning = beginningOf(name, at);
      const key = `${level} ${beginning} ${id}`;
      const entry = waiting.get(key) ?? { level, at: beginning, id, sums: noSums() };
      waiting.set(key, entry);
      addSums(entry.sums, sums, sign);
    }
  }

  function storedSums({ level, at, id }: Waiting): Sums {
    const found = read.get(level, at, id);
    return found === undefined ? noSums() : sumsFrom(found);
  }

  function flush(): void {
    if (held.size > MOST_HELD) held.clear();
    for (const [key, entry] of waiting) {
      const { level, at, id, sums } = entry;
      const sum = held.get(key) ?? storedSums(entry);
      held.set(key, sum);
      addSums(sum, sums);
      write.run(level, at, id, ...storedValues(sum));
    }
    forgetCounted();
  }

  function forgetCounted(): void {
    waiting.clear();
    names.forget();
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
        const counted = countedStored({ ...row, outcome: 'interrupted' });
        if (counted !== null) add(counted, 1);
      }
      flush();
    },
    flush,
    discard() {
      held.clear();
      forgetCounted();
    },
    forget(now) {
      held.clear();
      for (const [level, name] of LEVELS.entries()) {
        if (Number.isFinite(KEPT[name])) forget.run(level, now - KEPT[name]);
      }
    },
    countAll() {
      let after = -1;
      for (;;) {
        const rows = all.all(after);
        for (const row of rows) {
          const counted = countedStored(row);
          if (counted !== null) add(counted, 1);
        }
        flush();
        const last = rows.at(-1);
        if (last === undefined) return;
        after = last.sequence;
      }
    },
  };
}

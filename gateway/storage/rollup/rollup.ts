/** Keeps the sums by minute, hour and day: each finished request counts once, however often its row is written. */
import type { Database } from 'better-sqlite3';
import type { RequestRow } from '../../../contract/log/row.ts';
import type { Names } from './answer.ts';
import { beginningOf, KEPT, LEVELS } from './levels.ts';
import {
  COUNTED_COLUMNS,
  countedRow,
  countedStored,
  type CountedRequest,
  type StoredCounted,
} from './counted.ts';
import { storedValues, SUM_COLUMNS, sumsFrom, type StoredSums } from './rows.ts';
import { addSums, noSums, type Sums } from './sums.ts';

export interface Rollup {
  /** What the stored row of the same request already counts for; null where it counts for nothing yet. */
  counted(row: RequestRow): CountedRequest | null;
  /** The request counts as the row says from now on, instead of as `before`. */
  count(row: RequestRow, before: CountedRequest | null): void;
  /** Counts every request of the log that still runs as interrupted; call right before the rows say so. */
  interruptLive(): void;
  /** Writes what was counted. Belongs in the transaction that writes the rows. */
  flush(): void;
  /** Forgets what was counted and not written: its transaction failed. */
  discard(): void;
  /** Deletes sums that are older than their level is kept. @param now Unix ms */
  forget(now: number): void;
  /** Counts everything that the log holds; for a log that was begun before there were statistics. */
  countAll(): void;
}

/** So many different combinations of names; what comes beyond them is counted without its names. */
const MOST_NAMES = 10_000;
const BEYOND: Names = { model: '…', provider: '…', key: '…', client: '…', app: '…' };

const STORED = `SELECT ${COUNTED_COLUMNS} FROM requests`;

export function createRollup(database: Database): Rollup {
  const stored = database.prepare<[number, string], StoredCounted>(`${STORED} WHERE sequence = ? AND id = ?`);
  const live = database.prepare<[], StoredCounted>(`${STORED} WHERE outcome = 'live'`);
  const all = database.prepare<[number], StoredCounted>(
    `${STORED} WHERE sequence > ? ORDER BY sequence LIMIT 5000`,
  );
  const namesOf = database
    .prepare<string[], number>(
      `SELECT id FROM statistics_names WHERE model = ? AND provider = ? AND key = ? AND client = ? AND app = ?`,
    )
    .pluck();
  const addNames = database.prepare<string[]>(
    `INSERT INTO statistics_names (model, provider, key, client, app) VALUES (?, ?, ?, ?, ?)`,
  );
  const namesCount = database.prepare<[], number>('SELECT count(*) FROM statistics_names').pluck();
  const read = database.prepare<[number, number, number], StoredSums>(
    `SELECT ${SUM_COLUMNS.join(', ')} FROM statistics WHERE level = ? AND at = ? AND names = ?`,
  );
  const write = database.prepare(
    `INSERT OR REPLACE INTO statistics (level, at, names, ${SUM_COLUMNS.join(', ')})
      VALUES (?, ?, ?, ${SUM_COLUMNS.map(() => '?').join(', ')})`,
  );
  const forget = database.prepare<[number, number]>('DELETE FROM statistics WHERE level = ? AND at < ?');

  /** By level, beginning and names. */
  const waiting = new Map<
    string,
    { readonly level: number; readonly at: number; readonly names: number; readonly sums: Sums }
  >();

  function idOf(names: Names): number {
    const values = [names.model, names.provider, names.key, names.client, names.app];
    const known = namesOf.get(...values);
    if (known !== undefined) return known;
    if ((namesCount.get() ?? 0) >= MOST_NAMES && names !== BEYOND) return idOf(BEYOND);
    return Number(addNames.run(...values).lastInsertRowid);
  }

  function add({ at, names, sums }: CountedRequest, sign: 1 | -1): void {
    const id = idOf(names);
    for (const [level, name] of LEVELS.entries()) {
      const beginning = beginningOf(name, at);
      const key = `${level} ${beginning} ${id}`;
      const entry = waiting.get(key) ?? { level, at: beginning, names: id, sums: noSums() };
      waiting.set(key, entry);
      addSums(entry.sums, sums, sign);
    }
  }

  function flush(): void {
    for (const { level, at, names, sums } of waiting.values()) {
      const before = read.get(level, at, names);
      const sum = before === undefined ? noSums() : sumsFrom(before);
      addSums(sum, sums);
      write.run(level, at, names, ...storedValues(sum));
    }
    waiting.clear();
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
    interruptLive() {
      for (const row of live.all()) {
        const counted = countedStored({ ...row, outcome: 'interrupted' });
        if (counted !== null) add(counted, 1);
      }
      flush();
    },
    flush,
    discard: () => waiting.clear(),
    forget(now) {
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

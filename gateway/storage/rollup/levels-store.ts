/** The stored sums of minutes, hours and days. */
import type { Database } from 'better-sqlite3';
import { beginningOf, KEPT, LEVELS } from './levels.ts';
import { storedValues, SUM_COLUMNS, sumsFrom, type StoredSums } from './rows.ts';
import { addSums, noSums, type Sums } from './sums.ts';

export interface LevelsStore {
  /** Adds sums to those of the minute, the hour and the day around a time. @param names their number @param at Unix ms */
  add(names: number, at: number, sums: Sums): void;
  /** What was added last may not be stored. */
  discard(): void;
  /** Deletes sums that are older than their level is kept. @param now Unix ms */
  forget(now: number): void;
}

/** Sums held in memory: a hundred keys of three models are 900 of a minute, an hour and a day. */
const MOST_HELD = 2_000;

export function createLevelsStore(database: Database): LevelsStore {
  const read = database.prepare<[number, number, number], StoredSums>(
    `SELECT ${SUM_COLUMNS.join(', ')} FROM statistics WHERE level = ? AND at = ? AND names = ?`,
  );
  const write = database.prepare(
    `INSERT OR REPLACE INTO statistics (level, at, names, ${SUM_COLUMNS.join(', ')})
      VALUES (?, ?, ?, ${SUM_COLUMNS.map(() => '?').join(', ')})`,
  );
  const forget = database.prepare<[number, number]>('DELETE FROM statistics WHERE level = ? AND at < ?');
  /** By level, beginning and names: nobody else writes them, and what comes next adds to the same. */
  const held = new Map<string, Sums>();

  function stored(level: number, at: number, names: number): Sums {
    const found = read.get(level, at, names);
    return found === undefined ? noSums() : sumsFrom(found);
  }

  return {
    add(names, at, sums) {
      if (held.size > MOST_HELD) held.clear();
      for (const [level, name] of LEVELS.entries()) {
        const beginning = beginningOf(name, at);
        const key = `${level} ${beginning} ${names}`;
        const sum = held.get(key) ?? stored(level, beginning, names);
        held.set(key, sum);
        addSums(sum, sums);
        write.run(level, beginning, names, ...storedValues(sum));
      }
    },
    discard: () => held.clear(),
    forget(now) {
      let forgotten = 0;
      for (const [level, name] of LEVELS.entries()) {
        if (Number.isFinite(KEPT[name])) forgotten += forget.run(level, now - KEPT[name]).changes;
      }
      if (forgotten > 0) held.clear();
    },
  };
}

/** The statements that change the database. Synchronous: only the writer worker and tests call it. */
import type { Database } from 'better-sqlite3';
import { rowValues, UPSERT_ROW } from './columns.ts';
import { isDamage } from './database.ts';
import { createBodyConverter, type BodyConverter } from './convert-bodies.ts';
import { createRowDeleter, type RowDeleter } from './delete-rows.ts';
import { createPartStore } from './part-store.ts';
import { NOTHING_LOST, oneMore, type Lost, type PreparedRow } from './prepare.ts';
import { isPassing } from './problem.ts';
import { createWordIndex, type WordIndex } from './word-index.ts';
import { createRollup } from './rollup/rollup.ts';

export interface LogWriter extends RowDeleter {
  readonly index: WordIndex;
  readonly oldBodies: BodyConverter;
  /**
   * One transaction; when SQLite refuses a row for good, the others are stored without it.
   * @throws SqliteError where the file is at fault; the same rows may be given again
   */
  write(rows: readonly PreparedRow[]): Lost;
  /** Rows that still run belong to a process that died. */
  interruptLive(): void;
  /** The same of these alone, where they are stored as running: their end is lost. */
  interrupt(sequences: readonly number[]): void;
  /** Finished rows, the oldest first, at most `most` of them; answers how many went. */
  deleteOldest(most: number): number;
  /** The same for finished rows that arrived before `time`, Unix ms. */
  deleteBefore(time: number, most: number): number;
  rowCount(): number;
  /** Bytes of the database, without pages that are free. */
  usedBytes(): number;
  /**
   * Adds what was counted since the last time to the sums that figures are read from; answers how many requests SQLite
   * refuses for good. @throws SqliteError where the file is at fault
   */
  foldStatistics(): Lost;
  /** Deletes statistics that are older than they are kept. @param now Unix ms */
  forgetStatistics(now: number): void;
  /** Pages that hold nothing, and all pages. */
  pages(): { readonly free: number; readonly all: number };
  /** Gives at most `most` free pages back to the file system. */
  shrink(most: number): void;
  /** Moves the write-ahead log into the file and empties it, as far as readers allow. */
  checkpoint(): void;
}

const UPSERT_DETAIL = `INSERT INTO details (sequence, detail) VALUES (?, ?)
  ON CONFLICT (sequence) DO UPDATE SET detail = excluded.detail`;

const OLDEST = `SELECT sequence FROM requests WHERE outcome <> 'live' ORDER BY sequence LIMIT ?`;

const BEFORE = `SELECT sequence FROM requests WHERE started_at < ? AND outcome <> 'live'
  ORDER BY started_at LIMIT ?`;

export function createWriter(database: Database): LogWriter {
  const upsertRow = database.prepare(UPSERT_ROW);
  const upsertDetail = database.prepare(UPSERT_DETAIL);
  const parts = createPartStore(database);
  const deleter = createRowDeleter(database);
  const interruptAll = database.prepare(`UPDATE requests SET outcome = 'interrupted' WHERE outcome = 'live'`);
  const interruptOne = database.prepare(
    `UPDATE requests SET outcome = 'interrupted' WHERE outcome = 'live' AND sequence = ?`,
  );
  const oldest = database.prepare<[number], number>(OLDEST).pluck();
  const before = database.prepare<[number, number], number>(BEFORE).pluck();
  const rollup = createRollup(database);
  const count = database.prepare<[], number>('SELECT count(*) FROM requests').pluck();

  const pragma = (name: string): number => {
    const value: unknown = database.pragma(name, { simple: true });
    return typeof value === 'number' ? value : 0;
  };
  const pages = (): { free: number; all: number } => ({
    free: pragma('freelist_count'),
    all: pragma('page_count'),
  });

  function writeRow({ row, detail, bodies }: PreparedRow): void {
    const earlier = rollup.counted(row);
    const { changes } = upsertRow.run(...rowValues(row));
    if (changes === 0) return;
    rollup.count(row, earlier);
    upsertDetail.run(row.sequence, detail);
    if (bodies !== null) parts.put(row.sequence, bodies);
  }

  /** @throws what `transact` throws, when nothing of it counts any more */
  function orNothing<Answer>(transact: () => Answer): Answer {
    try {
      return transact();
    } catch (error) {
      rollup.discard();
      throw error;
    }
  }

  const writeRows = database.transaction((rows: readonly PreparedRow[]) => {
    parts.discard();
    for (const row of rows) writeRow(row);
    parts.flush();
    rollup.flush();
  });

  const interruptLive = database.transaction(() => {
    rollup.interruptLive();
    interruptAll.run();
  });

  const interrupt = database.transaction((sequences: readonly number[]) => {
    rollup.interruptLive(sequences);
    for (const sequence of sequences) interruptOne.run(sequence);
  });

  const within = database.transaction((act: () => void) => act());
  const fold = database.transaction((): Lost => {
    let lost = NOTHING_LOST;
    rollup.fold((add, requests) => {
      try {
        within(add);
      } catch (error) {
        if (isFaultOfFile(error)) throw error;
        lost = { ...oneMore(lost, error), count: lost.count + requests };
      }
    });
    return lost;
  });

  function writeSingly(rows: readonly PreparedRow[]): Lost {
    let lost = NOTHING_LOST;
    for (const row of rows) {
      try {
        orNothing(() => writeRows.immediate([row]));
      } catch (error) {
        if (isFaultOfFile(error)) throw error;
        lost = oneMore(lost, error);
        if (row.row.outcome !== 'live') orNothing(() => interrupt.immediate([row.row.sequence]));
      }
    }
    return lost;
  }

  return {
    // IMMEDIATE: a transaction that reads first and then writes fails at once, whatever the busy timeout is.
    write(rows) {
      try {
        orNothing(() => writeRows.immediate(rows));
        return NOTHING_LOST;
      } catch (error) {
        if (isFaultOfFile(error)) throw error;
        return writeSingly(rows);
      }
    },
    interruptLive: () => orNothing(() => interruptLive.immediate()),
    interrupt: (sequences) => orNothing(() => interrupt.immediate(sequences)),
    ...deleter,
    index: createWordIndex(database),
    oldBodies: createBodyConverter(database, parts),
    deleteOldest: (most) => deleter.deleteRows(oldest.all(most)),
    deleteBefore: (time, most) => deleter.deleteRows(before.all(time, most)),
    foldStatistics: () => orNothing(() => fold.immediate()),
    forgetStatistics: (now) => rollup.forget(now),
    rowCount: () => count.get() ?? 0,
    usedBytes() {
      const { free, all } = pages();
      return (all - free) * pragma('page_size');
    },
    pages,
    shrink: (most) => void database.exec(`PRAGMA incremental_vacuum(${most})`),
    checkpoint: () => void database.pragma('wal_checkpoint(TRUNCATE)'),
  };
}

const isFaultOfFile = (error: unknown): boolean => isDamage(error) || isPassing(error);

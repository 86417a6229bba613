/** Counts everything that a log holds which was begun before there were statistics. */
import type { Database } from 'better-sqlite3';
import { COUNTED_COLUMNS, countedStored, type StoredCounted } from './counted.ts';
import { addEntry, type Entries } from './journal.ts';
import { beginningOf } from './levels.ts';
import { createLevelsStore } from './levels-store.ts';
import { createNameIds } from './name-ids.ts';

/** Rows read at once. */
const STEP_ROWS = 5_000;

/** Belongs in the migration's transaction. */
export function countAll(database: Database): void {
  const page = database.prepare<[number], StoredCounted>(
    `SELECT ${COUNTED_COLUMNS} FROM requests WHERE sequence > ? ORDER BY sequence LIMIT ${STEP_ROWS}`,
  );
  const names = createNameIds(database);
  const levels = createLevelsStore(database);
  let after = -1;
  for (;;) {
    const rows = page.all(after);
    const entries: Entries = new Map();
    for (const counted of rows.map(countedStored)) {
      if (counted === null) continue;
      const { at, sums } = counted;
      addEntry(entries, { at: beginningOf('minute', at), names: names.idOf(counted.names), sums });
    }
    for (const entry of entries.values()) levels.add(entry.names, entry.at, entry.sums);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.sequence;
  }
}

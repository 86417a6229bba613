/** Numbers of the combinations of names that sums are kept by. */
import type { Database } from 'better-sqlite3';
import type { Names } from './answer.ts';

export interface NameIds {
  /** A combination that is new gets a number, within the caller's transaction. */
  idOf(names: Names): number;
  /** The transaction failed: what it wrote is gone. */
  forget(): void;
}

/** Numbers held in memory. */
const MOST_HELD = 2_000;
/** So many different combinations of names; what comes beyond them is counted without its names. */
const MOST_NAMES = 10_000;
const BEYOND: Names = { model: '…', provider: '…', key: '…', client: '…', app: '…' };

export function createNameIds(database: Database): NameIds {
  const namesOf = database
    .prepare<string[], number>(
      `SELECT id FROM statistics_names WHERE model = ? AND provider = ? AND key = ? AND client = ? AND app = ?`,
    )
    .pluck();
  const addNames = database.prepare<string[]>(
    `INSERT INTO statistics_names (model, provider, key, client, app) VALUES (?, ?, ?, ?, ?)`,
  );
  const namesCount = database.prepare<[], number>('SELECT count(*) FROM statistics_names').pluck();
  /** Those that were asked for: most requests share theirs. */
  const ids = new Map<string, number>();

  function idOf(names: Names): number {
    const key = JSON.stringify(names);
    const id = ids.get(key) ?? storedIdOf(names);
    if (ids.size >= MOST_HELD) ids.clear();
    ids.set(key, id);
    return id;
  }

  function storedIdOf(names: Names): number {
    const values = [names.model, names.provider, names.key, names.client, names.app];
    const known = namesOf.get(...values);
    if (known !== undefined) return known;
    if ((namesCount.get() ?? 0) >= MOST_NAMES && names !== BEYOND) return storedIdOf(BEYOND);
    return Number(addNames.run(...values).lastInsertRowid);
  }

  return { idOf, forget: () => ids.clear() };
}

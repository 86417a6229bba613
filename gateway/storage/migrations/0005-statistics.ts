/**
 * What the requests of each minute, hour and day sum up to, by the names they can be told apart by. Kept when the
 * rows are gone: a year is read from some thousand rows.
 */
import type { Migration } from '../migrate.ts';
import { countAll } from '../rollup/count-all.ts';

export const statisticsMigration: Migration = {
  version: 5,
  sql: `
    CREATE TABLE statistics_names (
      id INTEGER PRIMARY KEY,
      model TEXT NOT NULL,
      provider TEXT NOT NULL,
      key TEXT NOT NULL,
      client TEXT NOT NULL,
      app TEXT NOT NULL,
      UNIQUE (model, provider, key, client, app)
    ) STRICT;

    CREATE TABLE statistics (
      -- 0 minute, 1 hour, 2 day.
      level INTEGER NOT NULL,
      -- Unix ms of its beginning.
      at INTEGER NOT NULL,
      names INTEGER NOT NULL REFERENCES statistics_names (id),
      requests INTEGER NOT NULL,
      succeeded INTEGER NOT NULL,
      retried INTEGER NOT NULL,
      cached INTEGER NOT NULL,
      tokens_input INTEGER NOT NULL,
      tokens_cache_read INTEGER NOT NULL,
      tokens_cache_write INTEGER NOT NULL,
      tokens_output INTEGER NOT NULL,
      tokens_reasoning INTEGER NOT NULL,
      -- Pico-dollars.
      cost INTEGER NOT NULL,
      unpriced INTEGER NOT NULL,
      estimated INTEGER NOT NULL,
      -- One line each: code, space, count.
      errors TEXT NOT NULL,
      durations BLOB NOT NULL,
      first_contents BLOB NOT NULL,
      PRIMARY KEY (level, at, names)
    ) STRICT, WITHOUT ROWID;
  `,
  // Sums that SQLite cannot make of the rows that are there.
  then: countAll,
};

/** What was counted and is not yet in the sums; see rollup/journal.ts. */
import type { Migration } from '../migrate.ts';

export const journalMigration: Migration = {
  version: 9,
  sql: `
    CREATE TABLE statistics_journal (
      id INTEGER PRIMARY KEY,
      -- JSON: minute, names, counters, errors, durations, first contents of each.
      entries TEXT NOT NULL
    ) STRICT;
  `,
};

/** Every schema of the request log, in order. */
import type { Migration } from './migrate.ts';
import { requestsMigration } from './migrations/0001-requests.ts';
import { overviewMigration } from './migrations/0002-overview.ts';
import { costMigration } from './migrations/0003-cost.ts';
import { partsMigration } from './migrations/0004-parts.ts';
import { statisticsMigration } from './migrations/0005-statistics.ts';
import { filtersMigration } from './migrations/0006-filters.ts';
import { overviewGoneMigration } from './migrations/0007-overview-gone.ts';
import { importedMigration } from './migrations/0008-imported.ts';
import { journalMigration } from './migrations/0009-journal.ts';

export const MIGRATIONS: readonly Migration[] = [
  requestsMigration,
  overviewMigration,
  costMigration,
  partsMigration,
  statisticsMigration,
  filtersMigration,
  overviewGoneMigration,
  importedMigration,
  journalMigration,
];

/** Rows that came in from a file can be told apart in the list. */
import type { Migration } from '../migrate.ts';

export const importedMigration: Migration = {
  version: 8,
  sql: `
    ALTER TABLE requests ADD COLUMN imported INTEGER NOT NULL DEFAULT 0;
    UPDATE requests SET imported = 1 WHERE sequence IN
      (SELECT sequence FROM details WHERE detail LIKE '%"imported":true%' AND json_valid(detail)
        AND detail ->> 'imported' = 1);
    CREATE INDEX requests_imported ON requests (sequence) WHERE imported = 1;
  `,
};

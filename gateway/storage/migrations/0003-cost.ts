/** What a request cost, the key it was charged to, and what ties the requests of one conversation together. */
import type { Migration } from '../migrate.ts';

export const costMigration: Migration = {
  version: 3,
  sql: `
    ALTER TABLE requests ADD COLUMN key_id TEXT;
    ALTER TABLE requests ADD COLUMN tools INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE requests ADD COLUMN conversation TEXT;
    -- Pico-dollars.
    ALTER TABLE requests ADD COLUMN cost INTEGER;
    -- Answered from the cache of answers.
    ALTER TABLE requests ADD COLUMN cached INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX requests_conversation ON requests (conversation) WHERE conversation IS NOT NULL;
  `,
};

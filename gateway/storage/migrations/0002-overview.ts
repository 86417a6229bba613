/**
 * Figures of a day over 100,000 rows in one pass each: the index by time now holds everything that is summed,
 * and a second one has rows of one model, provider and program side by side, so that nothing is sorted.
 */
import type { Migration } from '../migrate.ts';

export const overviewMigration: Migration = {
  version: 2,
  sql: `
    DROP INDEX requests_time;
    CREATE INDEX requests_time ON requests (
      started_at, outcome, done_at, streamed, first_content_at, attempt_count,
      tokens_input, tokens_cache_read, tokens_cache_write, tokens_output, tokens_reasoning
    );
    CREATE INDEX requests_names ON requests (
      model_served, provider, app, started_at, outcome, tokens_input, tokens_output
    );
  `,
};

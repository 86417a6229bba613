/**
 * The first schema of the request log. `requests` holds only what a list shows or filters by, so that a scan
 * over 100,000 rows stays in a few thousand pages; the rest of a row and its bodies have tables of their own
 * and go with their row. Later schemas may split bodies by message, index their text and add costs.
 */
import type { Migration } from '../migrate.ts';

export const requestsMigration: Migration = {
  version: 1,
  sql: `
    CREATE TABLE requests (
      sequence INTEGER PRIMARY KEY,
      id TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      outcome TEXT NOT NULL,
      status INTEGER,
      error_code TEXT,
      client TEXT,
      app TEXT,
      dialect TEXT NOT NULL,
      model_asked TEXT,
      model_served TEXT,
      provider TEXT,
      streamed INTEGER NOT NULL,
      attempt_count INTEGER NOT NULL,
      first_content_at REAL,
      done_at REAL,
      tokens_input INTEGER,
      tokens_cache_read INTEGER,
      tokens_cache_write INTEGER,
      tokens_output INTEGER,
      tokens_reasoning INTEGER,
      tokens_estimated INTEGER NOT NULL,
      finish_reason TEXT,
      demo INTEGER NOT NULL
    ) STRICT;

    CREATE INDEX requests_id ON requests (id);
    CREATE INDEX requests_provider ON requests (provider);
    -- Covers the statistics; also finds rows by age.
    CREATE INDEX requests_time ON requests (started_at, outcome, done_at);
    -- Also finds the rows that still run.
    CREATE INDEX requests_outcome ON requests (outcome);
    CREATE INDEX requests_failed ON requests (sequence) WHERE outcome NOT IN ('ok', 'live');
    CREATE INDEX requests_failover ON requests (sequence) WHERE attempt_count > 1;

    CREATE TABLE details (
      sequence INTEGER PRIMARY KEY REFERENCES requests (sequence) ON DELETE CASCADE,
      detail TEXT NOT NULL
    ) STRICT;

    CREATE TABLE bodies (
      sequence INTEGER PRIMARY KEY REFERENCES requests (sequence) ON DELETE CASCADE,
      request_state TEXT NOT NULL,
      request_bytes INTEGER NOT NULL,
      request_length INTEGER NOT NULL,
      response_state TEXT NOT NULL,
      response_bytes INTEGER NOT NULL,
      response_length INTEGER NOT NULL,
      encoding TEXT NOT NULL,
      block BLOB NOT NULL
    ) STRICT;
  `,
};

/**
 * Bodies split by message: what many requests send again is stored once, and its text can be searched.
 *
 * A body is put together from parts by a recipe (recipe.ts). New parts of requests that were written together lie in
 * one compressed block; its id is the id of its first part. `uses` says which requests a part belongs to: it counts
 * references, and leads from a part that was found by its words to the requests. `words` is the full-text index
 * with one row per part (rowid = part id) for the kinds that are read by people; `log_state.indexed_part` is the last part that is
 * in it. `bodies` is what older versions wrote; its rows move here when the writer has nothing else to do.
 */
import type { Migration } from '../migrate.ts';

export const partsMigration: Migration = {
  version: 4,
  sql: `
    CREATE TABLE blocks (
      id INTEGER PRIMARY KEY,
      -- Its parts have ids from its own up to so many further on; others may lie between.
      span INTEGER NOT NULL,
      encoding TEXT NOT NULL,
      data BLOB NOT NULL
    ) STRICT;

    CREATE TABLE parts (
      id INTEGER PRIMARY KEY,
      block INTEGER NOT NULL,
      -- See PartKind in parts.ts.
      kind INTEGER NOT NULL,
      -- Where its bytes lie in the uncompressed block.
      offset INTEGER NOT NULL,
      length INTEGER NOT NULL,
      -- First 16 bytes of the SHA-256 of its bytes; null for what belongs to one request alone.
      hash BLOB
    ) STRICT;
    CREATE UNIQUE INDEX parts_hash ON parts (hash) WHERE hash IS NOT NULL;

    CREATE TABLE uses (
      part INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      PRIMARY KEY (part, sequence)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE contents (
      sequence INTEGER PRIMARY KEY REFERENCES requests (sequence) ON DELETE CASCADE,
      request_state TEXT NOT NULL,
      request_bytes INTEGER NOT NULL,
      -- Null where nothing is kept of it.
      request_recipe BLOB,
      response_state TEXT NOT NULL,
      response_bytes INTEGER NOT NULL,
      response_recipe BLOB,
      -- The part that holds what a stream said, as JSON; null for an answer that was no stream.
      answer INTEGER,
      -- When the events of a stream came (event-times.ts); null for an answer that was no stream.
      event_times BLOB
    ) STRICT;
    -- Streams whose raw events can go before a row has to.
    CREATE INDEX contents_raw ON contents (sequence) WHERE answer IS NOT NULL AND response_recipe IS NOT NULL;

    -- Column text: words. Column pairs: runs of CJK characters as bigrams, parts of camelCase names.
    CREATE VIRTUAL TABLE words USING fts5(
      text, pairs, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
    );

    CREATE TABLE log_state (
      name TEXT PRIMARY KEY,
      value INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};

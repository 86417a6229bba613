/**
 * What the list is narrowed by: indexes without regard to case, each over the rows that have a value, so that a row
 * which begins has few entries to write. A name that few rows have leads to them at once; its index also tells which
 * names there are.
 */
import type { Migration } from '../migrate.ts';

const INDEXED = [
  'model_asked',
  'model_served',
  'provider',
  'key_id',
  'key_fingerprint',
  'client',
  'app',
  'error_code',
  'finish_reason',
  'path',
] as const;

export const filtersMigration: Migration = {
  version: 6,
  sql: `
    ALTER TABLE requests ADD COLUMN method TEXT;
    ALTER TABLE requests ADD COLUMN path TEXT;
    ALTER TABLE requests ADD COLUMN key_fingerprint TEXT;
    UPDATE requests SET method = known.method, path = known.path, key_fingerprint = known.fingerprint
      FROM (SELECT sequence AS at, detail ->> 'method' AS method, detail ->> 'path' AS path,
          detail ->> 'keyFingerprint' AS fingerprint
        FROM details WHERE json_valid(detail)) AS known
      WHERE requests.sequence = known.at;

    DROP INDEX requests_provider;
    ${INDEXED.map(
      (column) =>
        `CREATE INDEX requests_by_${column} ON requests (${column} COLLATE NOCASE) WHERE ${column} IS NOT NULL;`,
    ).join('\n    ')}
    CREATE INDEX requests_by_dialect ON requests (dialect COLLATE NOCASE);
    CREATE INDEX requests_by_status ON requests (status) WHERE status IS NOT NULL;
    CREATE INDEX requests_cached ON requests (sequence) WHERE cached = 1;
  `,
};

import { expect, it } from 'vitest';
import type { RequestFilter } from '../../contract/log/row.ts';
import { createLogDatabase } from '../testing/log-database.ts';
import { conditionsOf } from './filter-sql.ts';

/** How SQLite would find a page: https://sqlite.org/eqp.html. */
function planOf(filter: RequestFilter): string {
  const database = createLogDatabase();
  const { where, values } = conditionsOf(filter, 1_000);
  return database
    .prepare<unknown[], { detail: string }>(
      `EXPLAIN QUERY PLAN SELECT id FROM requests ${where} ORDER BY sequence DESC LIMIT 101`,
    )
    .all(...values)
    .map(({ detail }) => detail)
    .join(', ');
}

it.each([
  [{}, 'INTEGER PRIMARY KEY (rowid<?)'],
  [{ provider: 'openai' }, 'requests_provider (provider=? AND rowid<?)'],
  [{ outcome: 'error' }, 'requests_outcome (outcome=? AND rowid<?)'],
  [{ failed: true }, 'requests_failed (sequence<?)'],
  [{ failover: true }, 'requests_failover (sequence<?)'],
] as const)('finds a page of %j through an index, without sorting', (filter, index) => {
  const plan = planOf(filter);
  expect(plan).toContain(`SEARCH requests USING`);
  expect(plan).toContain(index);
  expect(plan).not.toContain('TEMP B-TREE');
});

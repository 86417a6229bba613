import { expect, it } from 'vitest';
import type { Condition } from '../../contract/log/filter.ts';
import { createLogDatabase, prepared } from '../testing/log-database.ts';
import { NO_BODIES, requestRow } from '../testing/request-row.ts';
import { createWriter } from './writer.ts';
import { sourceOf } from './find-rows.ts';
import { narrow } from './narrow.ts';

const OLDER = { text: 'sequence < ?', values: [1_000] };

/** How SQLite would find a page: https://sqlite.org/eqp.html. @param most what counts as few rows */
function planOf(where: readonly Condition[], most: number): string {
  const database = createLogDatabase();
  createWriter(database).write(
    Array.from({ length: 20 }, (_, sequence) =>
      prepared(requestRow({ sequence, attemptCount: 2, outcome: 'error' }), NO_BODIES),
    ),
  );
  const { text, values } = sourceOf(narrow(database, where, [], most), [OLDER]);
  return database
    .prepare<unknown[], { detail: string }>(
      `EXPLAIN QUERY PLAN SELECT id ${text} ORDER BY sequence DESC LIMIT 101`,
    )
    .all(...values)
    .map(({ detail }) => detail)
    .join(', ');
}

const named = (field: 'provider' | 'model', ...values: string[]): Condition => ({
  kind: 'text',
  field,
  values,
});
const failed: Condition = { kind: 'flag', field: 'failed' };

it.each([
  [[], 'USING INTEGER PRIMARY KEY (rowid<?)'],
  [[named('provider', 'openai')], 'USING INDEX requests_by_provider (provider=? AND rowid<?)'],
  [[named('provider', 'open*')], 'USING INDEX requests_by_provider (provider=? AND rowid<?)'],
  [[named('provider', 'openai', 'groq')], 'USING INTEGER PRIMARY KEY (rowid<?)'],
  [[failed], 'requests_failed (sequence<?)'],
  [[named('provider', 'openai'), failed], 'requests_failed (sequence<?)'],
  [[{ kind: 'flag', field: 'retried' }], 'requests_failover (sequence<?)'],
  [[{ kind: 'flag', field: 'failed', not: true }], 'USING INTEGER PRIMARY KEY (rowid<?)'],
] satisfies [Condition[], string][])('walks to a page of %j where many rows match', (where, index) => {
  const plan = planOf(where, 10);
  expect(plan).toContain('SEARCH requests USING');
  expect(plan).toContain(index);
  expect(plan).not.toContain('TEMP B-TREE');
});

it.each([
  [[named('provider', 'openai')], 'requests_by_provider (provider=?)'],
  [[named('provider', 'OPENAI', 'groq')], 'requests_by_provider (provider=?)'],
  [[named('provider', 'open*')], 'requests_by_provider (provider=?)'],
  [[named('model', '*gpt*')], 'requests_by_model_served (model_served=?)'],
  [[{ kind: 'range', field: 'status', least: 500 }], 'requests_by_status (status>?)'],
  [[{ kind: 'range', field: 'time', least: 0 }], 'requests_time (started_at>?)'],
] satisfies [Condition[], string][])('looks only at the rows of %j where they are few', (where, index) => {
  const plan = planOf(where, 1_000);
  expect(plan).toContain('SEARCH requests USING INTEGER PRIMARY KEY (rowid=?)');
  expect(plan).toContain(index);
});

it('takes the condition that leaves the fewest rows', () => {
  expect(planOf([failed, named('provider', 'groq')], 1_000)).toContain('requests_by_provider');
});

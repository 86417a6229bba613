import { expect, it } from 'vitest';
import type { Condition } from '../../contract/log/filter.ts';
import { FLAG_FIELDS, RANGE_FIELDS, TEXT_FIELDS } from '../../contract/rpc/log-fields.ts';
import type { RequestRow } from '../../contract/log/row.ts';
import { createLogDatabase, prepared } from '../testing/log-database.ts';
import { NO_BODIES, requestRow } from '../testing/request-row.ts';
import { RANGE_PLACES, TEXT_PLACES } from './filter-fields.ts';
import { meets } from './filter-row.ts';
import { findRows } from './find-rows.ts';
import { narrow } from './narrow.ts';
import { createWriter } from './writer.ts';

const ROWS = 200;

/** The same numbers in each run. */
function numbers(): (most: number) => number {
  let state = 7;
  return (most) => (state = (state * 16_807) % 2_147_483_647) % most;
}

const below = numbers();
const pick = <T>(...values: readonly [T, ...T[]]): T => values[below(values.length)] ?? values[0];

function anyRow(sequence: number): RequestRow {
  const outcome = pick('ok', 'ok', 'error', 'cut', 'live', 'client-left');
  return requestRow({
    sequence,
    startedAt: 1_795_000_000_000 + below(100_000) + 0.5,
    outcome,
    status: pick(200, 429, 500, null),
    errorCode: outcome === 'error' ? pick('rate_limited', 'Upstream_Error') : null,
    modelAsked: pick('fast', 'GPT-5', null),
    modelServed: pick('gpt-5', 'claude_4%', 'gpt-5-mini', null),
    provider: pick('openai', 'OpenAI', 'groq', null),
    app: pick('Cline', 'Zed', null),
    cost: pick(0, 1e12, 25e11, null),
    cache: pick('hit', 'miss', undefined),
    attemptCount: pick(1, 1, 2),
    tokens: pick(null, { input: below(9), cacheRead: 0, cacheWrite: 0, output: below(9), reasoning: 0 }),
    conversation: pick('c1', 'C1', null),
  });
}

function anyCondition(rows: readonly RequestRow[]): Condition {
  const not = pick(true, false, undefined);
  const row = rows[below(rows.length)] ?? anyRow(0);
  switch (below(3)) {
    case 0: {
      const field = TEXT_FIELDS[below(TEXT_FIELDS.length)] ?? 'id';
      const name = TEXT_PLACES[field].of(row)[0] ?? 'nobody';
      const part = `*${name.slice(below(name.length))}`;
      return {
        kind: 'text',
        field,
        not,
        values: [pick(name, name.toUpperCase(), part, `${part}*`), pick('x', '*5')],
      };
    }
    case 1: {
      const field = RANGE_FIELDS[below(RANGE_FIELDS.length)] ?? 'time';
      const { of, unit } = RANGE_PLACES[field];
      const least = (of(row) ?? 0) / unit;
      return { kind: 'range', field, not, least: pick(least, undefined), most: least + below(3) };
    }
    default:
      return { kind: 'flag', field: FLAG_FIELDS[below(FLAG_FIELDS.length)] ?? 'failed', not };
  }
}

it('finds what a judge of single rows lets pass, whichever way is taken', () => {
  const rows = Array.from({ length: ROWS }, (_, sequence) => anyRow(sequence));
  const database = createLogDatabase();
  createWriter(database).write(rows.map((row) => prepared(row, NO_BODIES)));
  for (let round = 0; round < 150; round += 1) {
    const where = Array.from({ length: 1 + below(3) }, () => anyCondition(rows));
    const expected = rows.filter((row) => meets(row, where)).map(({ sequence }) => sequence);
    for (const few of [0, 30, ROWS * 2]) {
      const page = { limit: ROWS, before: undefined, skip: 0 };
      const found = findRows(database, narrow(database, where, [], few), page);
      const told = { where, few, total: found.total, rows: found.rows.map(({ sequence }) => sequence) };
      expect(told).toEqual({ where, few, total: expected.length, rows: expected.toReversed() });
    }
  }
});

it('finds a cost by the very figure that is shown', () => {
  const rows = Array.from({ length: 300 }, (_, index) =>
    requestRow({ sequence: index + 1, cost: (index + 1) * 12_345_678 }),
  );
  const database = createLogDatabase();
  createWriter(database).write(rows.map((row) => prepared(row, NO_BODIES)));
  for (const row of rows) {
    const dollars = Number(((row.cost ?? 0) / 1e12).toFixed(12));
    const where: Condition[] = [{ kind: 'range', field: 'cost', least: dollars, most: dollars }];
    expect(meets(row, where)).toBe(true);
    const found = findRows(database, narrow(database, where, [], 30), {
      limit: 3,
      before: undefined,
      skip: 0,
    });
    expect(found.rows.map(({ sequence }) => sequence)).toEqual([row.sequence]);
  }
});

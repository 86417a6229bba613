import type { Database } from 'better-sqlite3';
import { beforeAll, expect, it } from 'vitest';
import type { Condition } from '../../contract/log/filter.ts';
import { searchTerms } from '../core/search-query.ts';
import { createLogDatabase, prepared } from '../testing/log-database.ts';
import { capture, NO_BODIES, requestRow } from '../testing/request-row.ts';
import { narrow } from './narrow.ts';
import { walkRows } from './walk-rows.ts';
import { createWordChecks } from './word-check.ts';
import { createWriter } from './writer.ts';

const ROWS = 600;
const AMPLE = 1_000_000;

let database: Database;
/** Every row says hello, each third one also good-bye; each fifth has no bodies, each seventh is from groq. */
beforeAll(() => {
  database = createLogDatabase();
  const writer = createWriter(database);
  const said = (sequence: number): string =>
    `hello number ${sequence}${sequence % 3 === 0 ? ' and good-bye' : ''}`;
  writer.write(
    Array.from({ length: ROWS }, (_, sequence) => {
      const message = { role: 'user', content: said(sequence) };
      const request = capture(
        JSON.stringify({ messages: [{ role: 'system', content: 'be kind' }, message] }),
      );
      const row = requestRow({ sequence, provider: sequence % 7 === 0 ? 'groq' : 'openai' });
      return prepared(row, sequence % 5 === 0 ? NO_BODIES : { request, response: null });
    }),
  );
  while (writer.index.step(1_000));
});

const all = (holds: (sequence: number) => boolean): readonly number[] =>
  Array.from({ length: ROWS }, (_, index) => ROWS - 1 - index).filter(holds);

function walk(
  words: string,
  where: readonly Condition[] = [],
  query: { limit?: number; before?: number; skip?: number; effort?: number; few?: number } = {},
) {
  const { limit = ROWS, before, skip = 0, effort = AMPLE, few } = query;
  return walkRows(database, narrow(database, where, [], few), {
    limit,
    before,
    skip,
    terms: searchTerms(words) ?? [],
    instead: null,
    check: createWordChecks(database),
    effort,
  });
}
const sequences = (found: ReturnType<typeof walk>): readonly number[] =>
  found.rows.map(({ sequence }) => sequence);

const groq: Condition = { kind: 'text', field: 'provider', values: ['groq'] };
const said = (sequence: number): boolean => sequence % 5 !== 0;

it.each([
  ['hello', [], said],
  ['kind "good bye"', [], (sequence) => said(sequence) && sequence % 3 === 0],
  ['hello -good', [], (sequence) => said(sequence) && sequence % 3 !== 0],
  ['-good', [], (sequence) => !said(sequence) || sequence % 3 !== 0],
  ['hello', [groq], (sequence) => said(sequence) && sequence % 7 === 0],
  ['-hello', [groq], (sequence) => !said(sequence) && sequence % 7 === 0],
  [
    'good',
    [{ ...groq, not: true }],
    (sequence) => said(sequence) && sequence % 3 === 0 && sequence % 7 !== 0,
  ],
] satisfies [string, Condition[], (sequence: number) => boolean][])(
  'finds %s where %j',
  (words, where, holds) => {
    for (const few of [0, undefined]) {
      const found = walk(words, where, few === undefined ? {} : { few });
      expect(sequences(found)).toEqual(all(holds));
      expect(found).toMatchObject({ total: all(holds).length, totalIsExact: true, next: null });
    }
  },
);

it('gives pages that follow each other, without a gap and without an end in between', () => {
  const read: number[] = [];
  for (let before: number | null | undefined; before !== null;) {
    const page = walk('good', [], { limit: 25, ...(before === undefined ? {} : { before }) });
    expect(page.rows.length).toBeLessThanOrEqual(25);
    read.push(...sequences(page));
    before = page.next;
  }
  expect(read).toEqual(all((sequence) => said(sequence) && sequence % 3 === 0));
});

it('stops when the effort is spent and says where to read on', () => {
  const read: number[] = [];
  const steps: (number | null)[] = [];
  for (let before: number | null | undefined; before !== null;) {
    const page = walk('number', [], { effort: 1, ...(before === undefined ? {} : { before }) });
    expect(page.totalIsExact).toBe(false);
    read.push(...sequences(page));
    steps.push(page.next);
    before = page.next;
  }
  expect(steps.length).toBeGreaterThan(1);
  expect(read).toEqual(all(said));
});

it('passes rows over', () => {
  expect(sequences(walk('hello', [], { limit: 3, skip: 10 }))).toEqual(all(said).slice(10, 13));
});

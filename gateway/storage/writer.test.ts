import { randomBytes } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import type { Database } from 'better-sqlite3';
import { createLogDatabase, prepared } from '../testing/log-database.ts';
import { capture, liveRow, NO_BODIES, requestRow } from '../testing/request-row.ts';
import { isPassing } from './problem.ts';
import { createReader } from './reader.ts';
import { clearStep, keepWithin } from './retention.ts';
import { createWriter, type LogWriter } from './writer.ts';

const NOW = Date.UTC(2026, 10, 21);
const DAY = 86_400_000;
const AMPLE = { days: 30, rows: 100_000, size: 1_000_000_000 };

let database: Database;
let writer: LogWriter;
beforeEach(() => {
  database = createLogDatabase();
  writer = createWriter(database);
});

const sequences = (): readonly number[] =>
  database.prepare<[], number>('SELECT sequence FROM requests ORDER BY sequence').pluck().all();
const countOf = (table: string): number | undefined =>
  database.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get();

function fill(rows: number, bodyBytes: number): void {
  const body = { request: capture('a b'.repeat(bodyBytes / 3)), response: null };
  const all = Array.from({ length: rows }, (_, index) =>
    prepared(requestRow({ sequence: index + 1, startedAt: NOW }), body),
  );
  writer.write(all);
}

function upkeep(limits: typeof AMPLE): number {
  let steps = 0;
  while (keepWithin(limits, writer, NOW)) steps += 1;
  return steps;
}

it('stores the others when SQLite refuses a row for good', () => {
  database.exec(`CREATE TRIGGER refuse BEFORE INSERT ON requests WHEN new.sequence = 2
    BEGIN SELECT RAISE(ABORT, 'not this one'); END`);
  const rows = [1, 2, 3].map((sequence) => prepared(requestRow({ sequence }), NO_BODIES));
  expect(writer.write(rows)).toEqual({ count: 1, reason: 'not this one' });
  expect(sequences()).toEqual([1, 3]);
});

it('calls a request interrupted whose end SQLite refuses for good, or got lost on the way', () => {
  writer.write([1, 2, 3].map((sequence) => prepared(liveRow(sequence), NO_BODIES)));
  database.exec(`CREATE TRIGGER refuse BEFORE UPDATE ON requests WHEN new.outcome = 'ok'
    BEGIN SELECT RAISE(ABORT, 'not this one'); END`);
  writer.write([prepared(requestRow({ sequence: 1 }), NO_BODIES), prepared(liveRow(3), NO_BODIES)]);
  writer.interrupt([2, 9]);
  const outcomes = database.prepare<[], string>('SELECT outcome FROM requests ORDER BY sequence').pluck();
  expect(outcomes.all()).toEqual(['interrupted', 'interrupted', 'live']);
  expect(writer.deleteRows([1, 2, 3])).toBe(2);
});

it('stores nothing of a batch while the disk is full, and all of it afterwards', () => {
  const body = { request: capture(randomBytes(30_000).toString('base64')), response: null };
  const rows = [1, 2, 3].map((sequence) => prepared(requestRow({ sequence }), body));
  database.pragma(`max_page_count = ${writer.pages().all}`);
  let failure: unknown;
  try {
    writer.write(rows);
  } catch (error) {
    failure = error;
  }
  expect(isPassing(failure)).toBe(true);
  expect(sequences()).toEqual([]);
  database.pragma('max_page_count = 100000');
  expect(writer.write(rows).count).toBe(0);
  expect(sequences()).toEqual([1, 2, 3]);
});

it('leaves a row alone that another request of the same sequence wants', () => {
  writer.write([prepared(requestRow({ sequence: 1, id: 'first' }), NO_BODIES)]);
  writer.write([
    prepared(requestRow({ sequence: 1, id: 'second' }), { request: capture('x'), response: null }),
  ]);
  expect(createReader(database).row('first')).toBeDefined();
  expect(createReader(database).body('first', 'request')).toMatchObject({ state: 'not-kept' });
});

it('removes details and bodies with their row', () => {
  fill(3, 30);
  expect(writer.deleteOldest(2)).toBe(2);
  expect([sequences(), countOf('details'), countOf('contents')]).toEqual([[3], 1, 1]);
});

it('keeps so many rows, in short steps, and never ends a running one', () => {
  fill(1_300, 3);
  writer.write([prepared({ ...liveRow(0), startedAt: NOW }, NO_BODIES)]);
  expect(upkeep({ ...AMPLE, rows: 100 })).toBeGreaterThanOrEqual(3);
  expect(sequences()).toEqual([0, ...Array.from({ length: 99 }, (_, index) => 1_202 + index)]);
});

it('keeps so many days', () => {
  const ages = [3, 2.5, 1];
  writer.write(
    ages.map((age, index) =>
      prepared(requestRow({ sequence: index, startedAt: NOW - age * DAY }), NO_BODIES),
    ),
  );
  upkeep({ ...AMPLE, days: 2 });
  expect(sequences()).toEqual([2]);
});

it('keeps so many bytes, and gives the space back', () => {
  const noise = () => capture(randomBytes(30_000).toString('base64'));
  for (let sequence = 1; sequence <= 100; sequence += 1)
    writer.write([prepared(requestRow({ sequence, startedAt: NOW }), { request: noise(), response: null })]);
  const before = writer.usedBytes();
  const size = Math.floor(before / 4);
  upkeep({ ...AMPLE, size });
  expect(writer.usedBytes()).toBeLessThanOrEqual(size);
  expect(writer.usedBytes()).toBeGreaterThan(size / 2);
  expect(writer.pages().all * 4_096).toBeLessThan(before / 2);
  expect(sequences().at(-1)).toBe(100);
});

it('does nothing within the limits', () => {
  fill(10, 30);
  expect(upkeep(AMPLE)).toBe(0);
  expect(sequences()).toHaveLength(10);
});

it('clears in steps until no page is free', () => {
  fill(700, 3_000);
  let deleted = 0;
  for (let step = clearStep(writer); step !== null; step = clearStep(writer)) deleted += step;
  expect([deleted, sequences(), writer.pages().free]).toEqual([700, [], 0]);
});

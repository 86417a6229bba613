/** The limits hold while rows are written, and what is left stays whole. */
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { agentConversation } from '../testing/agent-conversation.ts';
import { prepared } from '../testing/log-database.ts';
import { capture, requestRow } from '../testing/request-row.ts';
import { openForReading, openForWriting } from './database.ts';
import { createReader } from './reader.ts';
import { OUTBOX_LIMITS } from './outbox.ts';
import { keepWithin, scrubStep, STEP_ROWS } from './retention.ts';
import { createWriter, type LogWriter } from './writer.ts';

const NOW = Date.UTC(2026, 10, 21, 12);

let folder: string;
let database: Database;
let writer: LogWriter;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-caps-'));
  ({ database } = openForWriting(join(folder, 'log.db'), new Date(NOW)));
  writer = createWriter(database);
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const write = (sequence: number, request: string, response: string): void => {
  const bodies = { request: capture(request), response: capture(response) };
  writer.write([prepared(requestRow({ sequence, startedAt: NOW }), bodies)]);
};

const count = (sql: string): number => database.prepare<[], number>(sql).pluck().get() ?? 0;

function expectWhole(): void {
  expect({
    partsWithoutUse: count(
      `SELECT count(*) FROM parts WHERE kind <> 5 AND NOT EXISTS (SELECT 1 FROM uses WHERE part = parts.id)`,
    ),
    usesWithoutPart: count('SELECT count(*) FROM uses WHERE part NOT IN (SELECT id FROM parts)'),
    usesWithoutRow: count('SELECT count(*) FROM uses WHERE sequence NOT IN (SELECT sequence FROM requests)'),
    partsWithoutBlock: count('SELECT count(*) FROM parts WHERE block NOT IN (SELECT id FROM blocks)'),
    blocksWithoutPart: count('SELECT count(*) FROM blocks WHERE id NOT IN (SELECT block FROM parts)'),
  }).toEqual({
    partsWithoutUse: 0,
    usesWithoutPart: 0,
    usesWithoutRow: 0,
    partsWithoutBlock: 0,
    blocksWithoutPart: 0,
  });
  database.exec(`INSERT INTO words (words) VALUES ('integrity-check')`);
}

it('holds the size while conversations grow: raw events go first, then the oldest rows', () => {
  const turns = agentConversation('openai-chat', 24);
  const limits = { days: 30, rows: 100_000, size: 800_000 };
  const states = new Set<string>();
  const reader = createReader(database);
  for (const [at, { request, response }] of [...turns, ...turns, ...turns].entries()) {
    // Each round is another conversation.
    const round = Math.floor(at / turns.length);
    write(
      at + 1,
      request.replaceAll('const', `const${round}`),
      response.replaceAll('const', `const${round}`),
    );
    writer.index.step(100);
    while (keepWithin(limits, writer, NOW));
    expect(writer.usedBytes()).toBeLessThanOrEqual(limits.size);
    states.add(reader.body('req_1', 'response')?.state ?? 'gone');
  }
  expect([...states]).toEqual(['stored', 'dropped', 'gone']);
  expect(statSync(join(folder, 'log.db')).size).toBeLessThan(limits.size * 2.5);
  expectWhole();
  const last = turns.at(-1);
  expect(reader.body(`req_${turns.length * 3}`, 'request')?.text).toBe(
    last?.request.replaceAll('const', 'const2'),
  );
});

it('leaves the newest streams their events in a log that is full', () => {
  const limits = { days: 30, rows: 100_000, size: 1_000_000 };
  const reader = createReader(database);
  const noise = (): string => randomBytes(20).toString('hex');
  const events = (): string =>
    Array.from({ length: 30 }, () => `data: {"choices":[{"delta":{"content":"${noise()}"}}]}\n\n`).join('');
  const stateOf = (sequence: number): string | undefined =>
    reader.events({ id: `req_${sequence}`, from: 0, limit: 1 })?.state;
  const found = new Set<string | undefined>();
  for (let sequence = 1; sequence <= 700; sequence += 1) {
    write(sequence, JSON.stringify({ messages: [{ role: 'user', content: noise().repeat(20) }] }), events());
    while (keepWithin(limits, writer, NOW));
    found.add(stateOf(sequence));
  }
  expect(writer.usedBytes()).toBeLessThanOrEqual(limits.size);
  expect(reader.list({ limit: 1, before: undefined, skip: 0, filter: {} }).total).toBeLessThan(700);
  expect([...found]).toEqual(['stored']);
  expect([700, 695, 600].map(stateOf)).toEqual(['stored', 'stored', 'dropped']);
});

it('deletes single rows out of a conversation without harm to the others', () => {
  const turns = agentConversation('anthropic-messages', 12);
  turns.forEach(({ request, response }, at) => write(at + 1, request, response));
  writer.index.step(10_000);
  expect(writer.deleteRows([1, 3, 5, 12, 99])).toBe(4);
  expectWhole();
  const reader = createReader(database);
  for (const at of [2, 4, 6, 7, 8, 9, 10, 11]) {
    expect(reader.body(`req_${at}`, 'request')?.text).toBe(turns[at - 1]?.request);
    expect(reader.body(`req_${at}`, 'response')?.text).toBe(turns[at - 1]?.response);
  }
});

it('leaves no byte of a deleted request in the file, though it lay in one block with others', () => {
  const chat = (text: string): string => JSON.stringify({ messages: [{ role: 'user', content: text }] });
  const rows = ['keep this', 'forget xylophones', 'keep that'].map((text, at) => {
    const bodies = { request: capture(chat(text)), response: capture(`${text} too`) };
    return prepared(requestRow({ sequence: at + 1, startedAt: NOW }), bodies);
  });
  writer.write(rows);
  writer.index.step(100);
  expect(count('SELECT count(*) FROM blocks')).toBe(1);
  // Short blocks are not compressed, so that the text itself can be looked for.
  expect(database.serialize().includes('forget xylophones')).toBe(true);
  writer.deleteRows([2]);
  while (scrubStep(writer));
  const file = database.serialize();
  expect(['forget', 'xylophones', 'keep'].map((word) => file.includes(word))).toEqual([false, false, true]);
  expect(statSync(join(folder, 'log.db-wal')).size).toBe(0);
});

it('keeps the write-ahead log short while somebody pages through 20,000 rows that are being written', () => {
  const connection = openForReading(join(folder, 'log.db'));
  const reader = createReader(connection);
  const body = { request: capture('{"messages":[{"role":"user","content":"a question"}]}'), response: null };
  const first = prepared(requestRow({ sequence: 1, startedAt: NOW }), body);
  let longest = 0;
  let before: number | undefined;
  const seen: number[] = [];
  for (let sequence = 1; sequence <= 20_000; sequence += 200) {
    const rows = Array.from({ length: 200 }, (_, at) => sequence + at);
    writer.write(
      rows.map((number) => ({ ...first, row: { ...first.row, sequence: number, id: `${number}` } })),
    );
    longest = Math.max(longest, statSync(join(folder, 'log.db-wal')).size);
    if (sequence < 10_000) continue;
    const page = reader.list({ limit: 50, before, skip: 0, filter: {} });
    seen.push(...page.rows.map((row) => row.sequence));
    before = page.next ?? undefined;
  }
  connection.close();
  expect(longest).toBeLessThan(64 * 1024 * 1024);
  expect(seen).toEqual(Array.from({ length: 2_500 }, (_, at) => 10_200 - at));
});

it('deletes more in one step than one batch brings', () => {
  expect(STEP_ROWS).toBeGreaterThan(OUTBOX_LIMITS.batchRows);
});

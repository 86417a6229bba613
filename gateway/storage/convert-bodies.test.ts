/** A log of the version before reads as it did, at once, and is taken over without losing anything. */
import { zstdCompressSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { beforeEach, expect, it } from 'vitest';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations.ts';
import { createReader } from './reader.ts';
import { createWriter } from './writer.ts';

const CHAT = '{"messages":[{"role":"user","content":"an old question"}]}';
const STREAM = 'data: {"choices":[{"delta":{"content":"an old answer"}}]}\n\ndata: [DONE]\n\n';

let database: Database.Database;
beforeEach(() => {
  database = new Database(':memory:');
  database.pragma('auto_vacuum = INCREMENTAL');
  database.pragma('foreign_keys = ON');
  migrate(
    database,
    MIGRATIONS.filter(({ version }) => version <= 3),
  );
});

function putOld(sequence: number, request: string, response: string, encoding: 'plain' | 'zstd'): void {
  database
    .prepare(
      `INSERT INTO requests (sequence, id, started_at, outcome, dialect, streamed, attempt_count, tokens_estimated, demo)
       VALUES (?, ?, 1790000000000, 'ok', 'openai-chat', 1, 1, 0, 0)`,
    )
    .run(sequence, `req_${sequence}`);
  const plain = Buffer.from(request + response);
  database
    .prepare(`INSERT INTO bodies VALUES (?, 'stored', ?, ?, 'truncated', 9000, ?, ?, ?)`)
    .run(
      sequence,
      request.length,
      request.length,
      response.length,
      encoding,
      encoding === 'zstd' ? zstdCompressSync(plain) : plain,
    );
}

it('reads the same before and after', () => {
  putOld(1, CHAT, STREAM, 'zstd');
  putOld(2, CHAT, 'no JSON', 'plain');
  migrate(database, MIGRATIONS);
  const reader = createReader(database);
  const writer = createWriter(database);
  const all = () =>
    ['req_1', 'req_2'].map((id) => [
      reader.body(id, 'request'),
      reader.body(id, 'response'),
      reader.answer(id)?.text,
    ]);
  const before = all();
  expect(before).toEqual([
    [
      { state: 'stored', text: CHAT, bytes: CHAT.length },
      { state: 'truncated', text: STREAM, bytes: 9_000 },
      'an old answer',
    ],
    [
      { state: 'stored', text: CHAT, bytes: CHAT.length },
      { state: 'truncated', text: 'no JSON', bytes: 9_000 },
      undefined,
    ],
  ]);
  expect([writer.oldBodies.step(1), writer.oldBodies.step(1), writer.oldBodies.step(1)]).toEqual([
    true,
    true,
    false,
  ]);
  expect(all()).toEqual(before);
  writer.index.step(100);
  const { rows } = reader.list({
    limit: 10,
    before: undefined,
    skip: 0,
    filter: { words: '"old question"' },
  });
  expect(rows.map(({ id }) => id)).toEqual(['req_2', 'req_1']);
});

it('passes over what is damaged', () => {
  putOld(1, CHAT, STREAM, 'plain');
  putOld(2, CHAT, STREAM, 'zstd');
  database.exec(`UPDATE bodies SET block = x'00' WHERE sequence = 2`);
  migrate(database, MIGRATIONS);
  const writer = createWriter(database);
  expect([writer.oldBodies.step(10), writer.oldBodies.step(10)]).toEqual([false, false]);
  const reader = createReader(database);
  expect(reader.body('req_1', 'request')?.text).toBe(CHAT);
  expect(reader.body('req_2', 'request')?.state).toBe('not-kept');
});

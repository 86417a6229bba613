import { beforeEach, expect, it } from 'vitest';
import type { Database } from 'better-sqlite3';
import { createLogDatabase, prepared } from '../testing/log-database.ts';
import { capture, requestRow } from '../testing/request-row.ts';
import { createReader } from './reader.ts';
import { createWriter, type LogWriter } from './writer.ts';

let database: Database;
let writer: LogWriter;
beforeEach(() => {
  database = createLogDatabase();
  writer = createWriter(database);
});

function put(sequence: number, content: string, answer = ''): void {
  const request = capture(JSON.stringify({ model: 'm', messages: [{ role: 'user', content }] }));
  const response = answer === '' ? null : capture(answer);
  writer.write([prepared(requestRow({ sequence }), { request, response })]);
}

function index(): void {
  while (writer.index.step(100));
}

const without = (words: string, whole: boolean): readonly number[] =>
  createReader(database)
    .list({ limit: 100, before: undefined, skip: 0, filter: { words }, whole })
    .rows.map(({ sequence }) => sequence);

it('sees a word that must not stand there in texts that are not indexed yet', () => {
  put(1, 'nothing of the kind');
  index();
  put(2, 'an important thing');
  put(
    3,
    'hello',
    'data: {"choices":[{"delta":{"content":"impor"}}]}\n\ndata: {"choices":[{"delta":{"content":"tant"}}]}\n\n',
  );
  expect(without('-important', false)).toEqual([3, 2, 1]);
  expect(without('-important', true)).toEqual([1]);
});

it('sees it behind what is indexed of a long text', () => {
  put(1, `${'word '.repeat(5_000)} the end`);
  put(2, `${'word '.repeat(5_000)} is Important: 登录页面`);
  index();
  expect(without('-important', false)).toEqual([2, 1]);
  expect(without('-important', true)).toEqual([1]);
  expect(without('-录页', true)).toEqual([1]);
  expect(without('-"end important"', true)).toEqual([2, 1]);
});

it('sees it in bodies that an older version wrote', () => {
  put(1, 'one');
  put(2, 'two');
  index();
  database.exec('DELETE FROM contents');
  const old = database.prepare(
    `INSERT INTO bodies (sequence, request_state, request_bytes, request_length, response_state, response_bytes,
       response_length, encoding, block) VALUES (?, 'stored', 1, ?, 'not-kept', 0, 0, 'plain', ?)`,
  );
  ['an important thing', 'nothing'].forEach((content, at) => {
    const body = Buffer.from(JSON.stringify({ messages: [{ role: 'user', content }] }));
    old.run(at + 1, body.length, body);
  });
  expect(without('-important', false)).toEqual([2, 1]);
  expect(without('-important', true)).toEqual([2]);
});

it('leaves what is asked for as the index has it', () => {
  put(1, 'an important thing');
  put(2, 'an important other');
  index();
  put(3, 'important, too');
  expect(without('important', true)).toEqual([2, 1]);
  expect(without('important -other', true)).toEqual([1]);
});

import { beforeEach, expect, it } from 'vitest';
import type { Database } from 'better-sqlite3';
import { createLogDatabase, prepared } from '../testing/log-database.ts';
import { capture, NO_BODIES, requestRow } from '../testing/request-row.ts';
import { createWordIndex, type WordIndex } from './word-index.ts';
import { createWriter, type LogWriter } from './writer.ts';

let database: Database;
let writer: LogWriter;
let index: WordIndex;
beforeEach(() => {
  database = createLogDatabase();
  writer = createWriter(database);
  index = createWordIndex(database);
});

function put(sequence: number, messages: readonly object[], answer = ''): void {
  const body = capture(JSON.stringify({ messages, tools: [{ name: 'hidden tool' }] }));
  const response = answer === '' ? null : capture(answer);
  writer.write([prepared(requestRow({ sequence }), { request: body, response })]);
}
const say = (content: string) => ({ role: 'user', content });

/** Requests in which an expression of FTS5 is found. */
const found = (expression: string): readonly number[] =>
  database
    .prepare<[string], number>(
      `SELECT DISTINCT sequence FROM uses WHERE part IN (SELECT rowid FROM words WHERE words MATCH ?)
       ORDER BY sequence`,
    )
    .pluck()
    .all(expression);

it('finds words, names, paths and Chinese in requests and answers', () => {
  put(1, [say('Please fix getUserName in src/main.ts'), say('请修复登录页面')]);
  put(2, [say('Say hello')], '{"choices":[{"message":{"content":"Here is the snake_case answer"}}]}');
  put(
    3,
    [say('Say hello'), say('again')],
    'data: {"choices":[{"delta":{"content":"stre"}}]}\n\ndata: {"choices":[{"delta":{"content":"amed"}}]}\n\n',
  );
  expect(index.step(100)).toBe(false);
  expect({
    word: found('FIX'),
    hump: found('user'),
    name: found('getusername'),
    path: found('"src/main.ts"'),
    identifier: found('"snake_case"'),
    Chinese: found('"登录 录页"'),
    oneCharacter: found('面*'),
    shared: found('"say hello"'),
    stream: found('streamed'),
    syntax: found('role OR content OR delta'),
    tools: found('hidden'),
  }).toEqual({
    word: [1],
    hump: [1],
    name: [1],
    path: [1],
    identifier: [2],
    Chinese: [1],
    oneCharacter: [1],
    shared: [2, 3],
    stream: [3],
    syntax: [],
    tools: [],
  });
});

it('goes on where it stopped, each part once', () => {
  put(1, [say('one'), say('two'), say('three')]);
  expect([index.state(), index.step(2)]).toEqual([
    { waiting: 3, since: requestRow({ sequence: 1 }).startedAt },
    true,
  ]);
  expect([found('two'), found('three')]).toEqual([[1], []]);
  put(2, [say('one'), say('four')]);
  expect([index.step(10), index.state()]).toEqual([false, { waiting: 0, since: null }]);
  expect([found('one'), found('four')]).toEqual([[1, 2], [2]]);
});

it('has no id twice when rows that it knows are deleted', () => {
  put(1, [say('old words')]);
  index.step(10);
  writer.deleteRows([1]);
  const later = createWriter(database);
  later.write([
    prepared(requestRow({ sequence: 2 }), {
      request: capture(JSON.stringify({ messages: [say('new words')] })),
      response: null,
    }),
  ]);
  index.step(10);
  expect([found('old'), found('new')]).toEqual([[], [2]]);
});

/** The marks that stand anywhere in the file, each once. */
const marksInFile = (): readonly string[] =>
  [
    ...new Set(
      database
        .serialize()
        .toString('latin1')
        .match(/[a-z]xylophone/g),
    ),
  ].toSorted();

it('leaves nothing of deleted words behind', () => {
  const letters = Array.from('abcdefghijklmnopqrst');
  database.pragma('secure_delete = ON');
  letters.forEach((letter, at) => put(at + 1, [say(`${letter}xylophone`)]));
  index.step(100);
  writer.deleteRows([3]);
  while (index.purge(500));
  const left = letters.filter((letter) => letter !== 'c');
  expect(marksInFile()).toEqual(left.map((letter) => `${letter}xylophone`));
  expect([found('cxylophone'), found('dxylophone')]).toEqual([[], [4]]);
});

it('knows nothing of rows without bodies', () => {
  writer.write([prepared(requestRow({ sequence: 1 }), NO_BODIES)]);
  expect([index.step(10), index.state()]).toEqual([false, { waiting: 0, since: null }]);
});

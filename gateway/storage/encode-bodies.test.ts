/** Whatever a body is, it reads back as it was, without its secrets. */
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from 'better-sqlite3';
import type { BodyCapture } from '../core/log-store.ts';
import { createRedactor } from '../core/redact.ts';
import { createLogDatabase, prepared } from '../testing/log-database.ts';
import { capture, requestRow } from '../testing/request-row.ts';
import { createReader, type LogReader } from './reader.ts';
import { createWriter, type LogWriter } from './writer.ts';

const SECRET = 'top-secret-value';
const MESSAGE = '{"role":"user","content":"a question that is asked again and again"}';

let database: Database;
let writer: LogWriter;
let reader: LogReader;
let sequence: number;
beforeEach(() => {
  database = createLogDatabase();
  writer = createWriter(database);
  reader = createReader(database);
  sequence = 0;
});

/** Writes one request; answers its id. */
function put(request: BodyCapture | null, response: BodyCapture | null, mostEvents?: number): string {
  sequence += 1;
  const row = requestRow({ sequence });
  expect(writer.write([prepared(row, { request, response }, [SECRET], mostEvents)]).reason).toBeNull();
  return row.id;
}

const countOf = (table: string): number | undefined =>
  database.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get();

describe('reads back', () => {
  it.each([
    ['small bodies', 'grüß', 'gott'],
    ['nothing', '', ''],
    ['only a response', '', 'x'.repeat(5_000)],
    ['large bodies', 'é'.repeat(400_000), 'y'.repeat(400_000)],
    ['a chat', `{"model":"m","messages":[${MESSAGE},\n ${MESSAGE}, {}],"stream":false}`, '{"choices":[]}'],
    ['a chat cut short', `{"messages":[${MESSAGE},${MESSAGE.slice(0, 20)}`, '{"choi'],
    ['parts of many sizes', `{"messages":[{"a":"${'b'.repeat(40_000)}"},${MESSAGE}],"tools":[]}`, ''],
    ['a stream', MESSAGE, 'data: {"choices":[]}\n\ndata: [DONE]\n\n'],
  ])('%s', (_name, request, response) => {
    const id = put(capture(request), capture(response));
    expect(reader.body(id, 'request')?.text).toBe(request);
    expect(reader.body(id, 'response')?.text).toBe(response);
  });
});

it('reads back whatever it is, and stores nothing twice', () => {
  const token = fc.oneof(
    fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ', ', ':', '\n', 'é', 'data: ', SECRET, MESSAGE),
    fc.constantFrom('"messages":[', '"tools":', '"input":', '"system":"S"', '{"a":1}', '\ud800'),
    fc.string({ maxLength: 5 }),
  );
  const text = fc.array(token, { maxLength: 30 }).map((tokens) => tokens.join(''));
  const anyBody = fc.oneof(
    text,
    text.map((inner) => `{"model":"m","messages":[${MESSAGE}, ${inner}`),
    fc.json(),
  );
  const redactor = createRedactor([SECRET]);
  fc.assert(
    fc.property(fc.array(fc.tuple(anyBody, anyBody), { minLength: 1, maxLength: 4 }), (bodies) => {
      for (const [request, response] of [...bodies, ...bodies]) {
        const id = put(capture(request), capture(response));
        expect(reader.body(id, 'request')?.text).toBe(redactor.text(Buffer.from(request).toString()));
        expect(reader.body(id, 'response')?.text).toBe(redactor.text(Buffer.from(response).toString()));
      }
    }),
    { numRuns: 60 },
  );
  expect(database.prepare('SELECT 1 FROM parts WHERE hash IS NOT NULL GROUP BY hash HAVING count(*) > 1').get()).toBeUndefined(); // prettier-ignore
  while (writer.deleteOldest(50) > 0);
  expect(['parts', 'blocks', 'uses', 'contents'].map(countOf)).toEqual([0, 0, 0, 0]);
});

it('keeps the bytes of what is no UTF-8', () => {
  const id = put(capture(Buffer.from([0xff, 0x7b, 0xfe])), capture('{}'));
  expect(reader.body(id, 'request')).toEqual({ state: 'stored', text: '\ufffd{\ufffd', bytes: 3 });
});

it('keeps the length of the original beside redacted content', () => {
  const id = put(capture(`{"a":"${SECRET}"}`), capture('after'));
  expect(reader.body(id, 'request')).toEqual({ state: 'stored', text: '{"a":"[redacted]"}', bytes: 24 });
  expect(reader.body(id, 'response')?.text).toBe('after');
});

it('stores what a conversation sends again once', () => {
  const say = (count: number): string =>
    `{"model":"m","messages":[${Array.from({ length: count }, (_, index) => `{"role":"user","content":"message ${index}"}`).join(', ')}],"stream":true}`;
  const ids = [1, 2, 3, 20].map((count) => put(capture(say(count)), null));
  // Twenty messages and two envelopes: that of a single message has the same bytes as the others.
  expect(countOf('parts')).toBe(21);
  expect(ids.map((id) => reader.body(id, 'request')?.text)).toEqual([1, 2, 3, 20].map(say));
});

describe('streams', () => {
  const event = (text: string): string => `data: {"choices":[{"delta":{"content":"${text}"}}]}\n\n`;
  const said = ['One ', 'two ', 'three.'];
  const stream = (...times: readonly number[]): BodyCapture => {
    const chunks = said.map(event);
    let bytes = 0;
    return {
      ...capture(...chunks, 'data: [DONE]\n\n'),
      stream: {
        head: 1_000_000,
        times: times.flatMap((at, index) => [at, (bytes += (chunks[index] ?? 'data: [DONE]\n\n').length)]),
      },
    };
  };

  it('are put together, and their events have times', () => {
    const id = put(null, stream(10, 25.4, 40));
    expect(reader.answer(id)).toEqual({ text: 'One two three.', reasoning: '', calls: [] });
    expect(reader.events({ id, from: 1, limit: 10 })).toEqual({
      total: 4,
      state: 'stored',
      events: [
        { at: 25, text: event('two ') },
        { at: 40, text: event('three.') },
        { at: null, text: 'data: [DONE]\n\n' },
      ],
    });
  });

  it('keep beginning and end where their events are too many', () => {
    const id = put(null, stream(1, 2, 3, 4), 110);
    expect(reader.events({ id, from: 0, limit: 10 })).toEqual({
      total: 2,
      state: 'truncated',
      events: [
        { at: 1, text: event('One ') },
        { at: 4, text: 'data: [DONE]\n\n' },
      ],
    });
    expect(reader.answer(id)?.text).toBe('One two three.');
  });

  it('say what they said when their events are gone', () => {
    const id = put(null, stream(1, 2, 3));
    expect([writer.dropEvents(10, 1), writer.dropEvents(10, 0), writer.dropEvents(10, 0)]).toEqual([0, 1, 0]);
    expect(reader.body(id, 'response')).toMatchObject({ state: 'dropped', text: '' });
    expect(reader.events({ id, from: 0, limit: 10 })).toEqual({ events: [], total: 0, state: 'dropped' });
    expect(reader.answer(id)?.text).toBe('One two three.');
  });

  it('are told from whole answers', () => {
    const id = put(null, capture('{"choices":[{"message":{"content":"Hello."}}]}'));
    expect(reader.answer(id)?.text).toBe('Hello.');
    expect(reader.events({ id, from: 0, limit: 10 })).toEqual({ events: [], total: 0, state: 'not-kept' });
    expect(reader.answer('req_none')).toBeUndefined();
  });
});

describe('a secret that a stream spells out', () => {
  const delta = (content: string): string =>
    `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;

  it('stands neither in the answer nor in the events', () => {
    const stream = ['it is ', ...SECRET.split(''), '!'].map(delta).join('');
    const id = put(capture(MESSAGE), capture(stream));
    expect(reader.answer(id)?.text).toBe('it is [redacted]!');
    expect(reader.events({ id, from: 0, limit: 100 })?.state).toBe('dropped');
    expect(reader.body(id, 'response')).toMatchObject({ state: 'dropped', text: '' });
  });

  it('costs no events where one of them held it whole', () => {
    const id = put(capture(MESSAGE), capture(delta(`it is ${SECRET}`)));
    expect(reader.answer(id)?.text).toBe('it is [redacted]');
    expect(reader.body(id, 'response')).toMatchObject({ state: 'stored', text: delta('it is [redacted]') });
  });
});

import { describe, expect, it } from 'vitest';
import { fullKeys, quoted, remark } from '../../../contract/rpc/remarks/remark.ts';
import type { RequestLog } from '../../core/log-store.ts';
import { createMemoryLog } from '../../storage/memory-log.ts';
import { createSteppedClock } from '../../testing/clock.ts';
import { capture, requestRow } from '../../testing/request-row.ts';
import { exportFile, importFile } from '../../testing/transfer.ts';
import { createImporter } from './import.ts';

const NOW = Date.UTC(2026, 10, 22);

function setUp() {
  const clock = createSteppedClock(NOW);
  const log = createMemoryLog(clock);
  const load = (file: unknown, size?: number) =>
    importFile(log, clock, typeof file === 'string' ? file : JSON.stringify(file), size);
  return { clock, log, load };
}

/** As Chromium's network panel writes a call to a model. */
const BROWSER = {
  startedDateTime: '2026-11-21T10:20:30.456Z',
  time: 812.5,
  _initiator: { type: 'script' },
  request: {
    method: 'POST',
    url: 'https://api.openai.com/v1/chat/completions?key=sk-abc',
    httpVersion: 'h2',
    headers: [
      { name: ':authority', value: 'api.openai.com' },
      { name: 'Authorization', value: 'Bearer sk-live-0123456789' },
      { name: 'Cookie', value: 'a=b' },
      { name: '__proto__', value: 'x' },
      { name: 'User-Agent', value: 'Mozilla/5.0' },
    ],
    queryString: [{ name: 'key', value: 'sk-abc' }],
    cookies: [{ name: 'a', value: 'b' }],
    headersSize: -1,
    bodySize: 60,
    postData: {
      mimeType: 'application/json',
      text: '{"model":"gpt-5-mini","tools":[{}],"messages":[{"role":"user","content":"hi"}]}',
    },
  },
  response: {
    status: 200,
    statusText: '',
    httpVersion: 'h2',
    headers: [{ name: 'content-type', value: 'application/json' }],
    cookies: [],
    content: {
      size: 200,
      mimeType: 'application/json',
      encoding: 'base64',
      text: Buffer.from(
        JSON.stringify({
          id: 'c',
          object: 'chat.completion',
          model: 'gpt-5-mini-2026',
          choices: [{ index: 0, message: { role: 'assistant', content: 'hello' }, finish_reason: 'stop' }],
          usage: { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 },
        }),
      ).toString('base64'),
    },
    redirectURL: '',
    headersSize: -1,
    bodySize: -1,
  },
  cache: {},
  timings: { blocked: 2, dns: -1, ssl: -1, connect: -1, send: 0.5, wait: 800, receive: 10 },
};
const har = (...entries: readonly unknown[]) => ({ log: { version: '1.2', entries } });

describe('a HAR of a browser', () => {
  it('becomes rows with what can be read of it, and without credentials', async () => {
    const { log, load } = setUp();
    expect(await load(har(BROWSER), 50)).toMatchObject({ added: 1, refused: 0, problems: [] });
    const { rows } = await log.list({ limit: 5, filter: {} });
    const id = rows[0]?.id ?? '';
    expect(await log.get(id)).toMatchObject({
      imported: true,
      startedAt: Date.UTC(2026, 10, 21, 10, 20, 30, 456),
      outcome: 'ok',
      status: 200,
      dialect: 'openai-chat',
      modelAsked: 'gpt-5-mini',
      modelServed: 'gpt-5-mini-2026',
      provider: 'api.openai.com',
      tokens: { input: 9, output: 3 },
      finishReason: 'stop',
      tools: true,
      doneAt: 812.5,
      sentAt: 2.5,
      firstByteAt: 802.5,
      path: '/v1/chat/completions',
      requestHeaders: { 'user-agent': 'Mozilla/5.0' },
    });
    expect((await log.body(id, 'response'))?.text).toContain('hello');
    expect(await load(har(BROWSER))).toMatchObject({ added: 0, skipped: 1 });
  });

  it('is read but for what asks no model', async () => {
    const { load } = setUp();
    const page = {
      ...BROWSER,
      request: { ...BROWSER.request, method: 'GET', url: 'https://example.com/a.png' },
    };
    expect(await load(har(page, BROWSER))).toMatchObject({
      import: expect.any(String),
      added: 1,
      skipped: 0,
      refused: 1,
      problems: [{ text: 'Entry 1 is no request to a model.' }],
    });
  });

  it('may tell a failure, and lack nearly everything', async () => {
    const { log, load } = setUp();
    const { startedDateTime } = BROWSER;
    const failed = {
      startedDateTime,
      request: { method: 'POST', url: 'http://x/v1/messages' },
      response: { status: 0, content: {} },
    };
    expect(await load(har(failed))).toMatchObject({ added: 1 });
    const { rows } = await log.list({ limit: 5, filter: {} });
    expect(rows).toMatchObject([
      { outcome: 'error', status: null, dialect: 'anthropic-messages', tokens: null },
    ]);
  });
});

async function onlyRow(log: RequestLog) {
  const { rows } = await log.list({ limit: 1, filter: {} });
  return log.get(rows[0]?.id ?? '');
}

async function ownLine(change: object): Promise<string> {
  const { log } = setUp();
  log.finish(requestRow({ sequence: (NOW - 1_000) * 1_000, startedAt: NOW - 1_000 }), {
    request: capture('{"a":1}'),
    response: null,
  });
  const { file } = await exportFile(log, { format: 'jsonl', which: { filter: {} }, redacted: true });
  const line: { row: object } = JSON.parse(file);
  return JSON.stringify({ ...line, row: { ...line.row, ...change } });
}

const FULL = remark('full-place', { provider: 'groq', why: 'max_concurrency' });
it.each<[string, object, string]>([
  ['is of tomorrow', { startedAt: NOW + 1 }, 'begins in the future'],
  ['is of last year', { startedAt: 0 }, 'is older than the log keeps requests'],
  ['has an id that finds others', { id: '*' }, 'is no request: row.id is missing or wrong'],
  ['costs a text', { cost: '1' }, 'is no request: row.cost is missing or wrong'],
  ['has half a token', { tokens: { input: 0.5 } }, 'is no request: row.tokens.input is missing or wrong'],
  ['has a long address', { path: '/'.repeat(2_001) }, 'is no request: row.path is missing or wrong'],
  ['counts beyond numbers', { cost: 1e300 }, 'is no request: row.cost is missing or wrong'],
  ['has a remark of no kind', { remarks: [1] }, 'is no request: row.remarks.0 is missing or wrong'],
  [
    'has a remark with a wrong value',
    { remarks: [{ code: 'not-taken', values: { name: {} }, text: 'x' }] },
    'is no request: row.remarks.0 is missing or wrong',
  ],
  [
    'has too many remarks',
    { remarks: Array.from({ length: 101 }, () => 'x') },
    'is no request: row.remarks is missing or wrong',
  ],
  [
    'has a remark with a huge value',
    { remarks: [{ code: 'not-taken', values: { name: 'x'.repeat(20_001), by: 'y' }, text: 'x' }] },
    'is no request: row.remarks.0 is missing or wrong',
  ],
  [
    'has a remark with too many parts',
    { remarks: [fullKeys(Array.from({ length: 101 }, () => FULL))] },
    'is no request: row.remarks.0 is missing or wrong',
  ],
  [
    'says too much',
    { warnings: ['x'.repeat(1_100_000)], remarks: undefined },
    'says more than a row can hold',
  ],
])('a row that %s is refused', async (_name, change, why) => {
  const { log, load } = setUp();
  expect(await load(await ownLine(change))).toMatchObject({
    added: 0,
    refused: 1,
    problems: [{ text: `Entry 1 ${why}.` }],
  });
  expect((await log.list({ limit: 1, filter: {} })).total).toBe(0);
});

it('reads on behind lines that are broken', async () => {
  const { load } = setUp();
  const good = await ownLine({});
  const file = `{"row":\n${good}\n[1]\n"text"\nnull\n{"row":{"__proto__":{"id":"x"}}}\n`;
  const state = await load(file, 20);
  expect(state).toMatchObject({ added: 1, refused: 5 });
  expect(state.problems).toHaveLength(5);
  expect(state.problems[0]?.text).toBe('Entry 1 is not JSON.');
});

it.each([
  ['a code that is not known', { code: 'of-tomorrow', values: {}, text: '<b>x</b>' }],
  ['a code of every object', { code: '__proto__', values: {}, text: '<b>x</b>' }],
  ['a value too few', { code: 'not-taken', values: { name: 'stop' }, text: '<b>x</b>' }],
])('a remark with %s comes in as a quotation', async (_name, told) => {
  const { log, load } = setUp();
  expect(await load(await ownLine({ remarks: [told] }))).toMatchObject({ added: 1 });
  expect((await onlyRow(log))?.warnings).toEqual([quoted('<b>x</b>')]);
});

it('a remark brings nothing with it but what a remark has', async () => {
  const { log, load } = setUp();
  const told = remark('not-taken', { name: '{by}', by: '<img src=x onerror=alert(1)>' });
  const values = '{"__proto__":{"bad":1},"constructor":"x",';
  const line = await ownLine({ remarks: [{ ...told, extra: 1, html: '<b>' }] });
  expect(await load(line.replace('"values":{', `"values":${values}`))).toMatchObject({ added: 1 });
  const [found] = (await onlyRow(log))?.warnings ?? [];
  expect(found).toEqual({ ...told, values: { ...told.values, constructor: 'x' } });
  expect(Object.getPrototypeOf(found?.values)).toBe(Object.prototype);
});

it('changes no prototype', async () => {
  const { log, load } = setUp();
  const line = (await ownLine({})).replace(
    '"requestHeaders":{',
    '"__proto__":{"bad":1},"requestHeaders":{"__proto__":"x",',
  );
  expect(await load(line)).toMatchObject({ added: 1 });
  const { rows } = await log.list({ limit: 1, filter: {} });
  const row = await log.get(rows[0]?.id ?? '');
  expect(row).not.toHaveProperty('bad');
  expect(Object.keys(row?.requestHeaders ?? {})).toEqual(['user-agent']);
});

it('gives a row whose place is taken the next one', async () => {
  const { log, load } = setUp();
  const sequence = (NOW - 1_000) * 1_000;
  log.finish(requestRow({ id: 'req_other', sequence, startedAt: NOW - 1_000 }), {
    request: null,
    response: null,
  });
  expect(await load(await ownLine({ id: 'req_mine' }))).toMatchObject({ added: 1 });
  const { rows } = await log.list({ limit: 5, filter: {} });
  expect(rows.map(({ id, sequence: place }) => [id, place - sequence])).toEqual([
    ['req_mine', 1],
    ['req_other', 0],
  ]);
});

it('says what the file is not', async () => {
  const { load } = setUp();
  const problem = { text: 'The file is neither a HAR nor a JSONL of requests.' };
  expect(await load('PK\u0003\u0004')).toMatchObject({ added: 0, problems: [problem] });
  expect(await load('')).toMatchObject({ added: 0, problems: [problem] });
});

it('takes pieces of one file at a time, and waits for the next of them for so long', async () => {
  const { log, clock } = setUp();
  const importer = createImporter({ log, clock, random: Math.random, days: () => 30 });
  const first = await importer.take({ text: '{"log":', last: false });
  const slow = importer.take({ import: first.import, text: '{', last: false });
  const early = importer.take({ import: first.import, text: '"', last: false });
  await expect(early).rejects.toMatchObject({ code: 'conflict' });
  await slow;
  const second = await importer.take({ text: '{"log":', last: false });
  const gone = { code: 'not_found' };
  await expect(importer.take({ import: first.import, text: '', last: true })).rejects.toMatchObject(gone);
  clock.step(121_000);
  await expect(importer.take({ import: second.import, text: '', last: true })).rejects.toMatchObject(gone);
});

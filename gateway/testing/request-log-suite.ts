/** What every request log must do, run against each of them. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type {
  Condition,
  FlagField,
  RangeField,
  RequestFilter,
  TextField,
} from '../../contract/log/filter.ts';
import type { RequestRow, RequestSummary } from '../../contract/log/row.ts';
import type { BodyCapture, RequestLog } from '../core/log-store.ts';
import { capture, liveRow, NO_BODIES, requestRow } from './request-row.ts';

/** For what a log does by itself, ms. */
const PATIENCE = 20_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** When `requestRow` arrived, Unix ms. */
const START = requestRow({ sequence: 0 }).startedAt;
const SECRET = 'sk-live-0123456789/abc';

const sequences = (rows: readonly RequestSummary[]): readonly number[] =>
  rows.map(({ sequence }) => sequence);

/** @param open makes an empty log of its own for each test; the suite closes it */
export function requestLogSuite(name: string, open: () => Promise<RequestLog>): void {
  describe(`request log: ${name}`, () => {
    let log: RequestLog;
    beforeEach(async () => {
      log = await open();
    });
    afterEach(() => log.close());

    it('gives a row back as it was handed over', async () => {
      const row = requestRow({ sequence: 1_795_000_000_000_001, warnings: ['Grüße 🔑'] });
      log.finish(row, NO_BODIES);
      expect(await log.get(row.id)).toEqual(row);
      expect(await log.get('req_none')).toBeUndefined();
    });

    it('shows a row while it runs and completes it at its end', async () => {
      log.begin(liveRow(1));
      expect(await log.get('req_1')).toEqual(liveRow(1));
      log.finish(requestRow({ sequence: 1 }), NO_BODIES);
      expect(await log.get('req_1')).toEqual(requestRow({ sequence: 1 }));
      expect(await log.list({ limit: 10, filter: {} })).toMatchObject({ total: 1 });
    });

    it('lists newest first, page by page, while rows arrive', async () => {
      for (let sequence = 1; sequence <= 7; sequence += 1) log.finish(requestRow({ sequence }), NO_BODIES);
      const first = await log.list({ limit: 3, filter: {} });
      expect([sequences(first.rows), first.total, first.next]).toEqual([[7, 6, 5], 7, 5]);
      log.finish(requestRow({ sequence: 8 }), NO_BODIES);
      const second = await log.list({ limit: 3, before: 5, filter: {} });
      expect([sequences(second.rows), second.total, second.next]).toEqual([[4, 3, 2], 8, 2]);
      const last = await log.list({ limit: 3, before: 2, filter: {} });
      expect([sequences(last.rows), last.next]).toEqual([[1], null]);
      const exact = await log.list({ limit: 8, filter: {} });
      expect([exact.rows.length, exact.next]).toEqual([8, null]);
      const skipped = await log.list({ limit: 2, skip: 3, filter: {} });
      expect([sequences(skipped.rows), skipped.next]).toEqual([[5, 4], 4]);
    });

    it('keeps what only a row of its own shows out of the list', async () => {
      log.finish(requestRow({ sequence: 1 }), NO_BODIES);
      const { rows } = await log.list({ limit: 1, filter: {} });
      expect(Object.keys(rows[0] ?? {})).not.toContain('requestHeaders');
    });

    it('narrows the list to what the filter says', async () => {
      const add = (sequence: number, row: Partial<RequestRow>): void =>
        log.finish(requestRow({ sequence, ...row }), NO_BODIES);
      add(1, { cache: 'hit', imported: true });
      add(2, {
        outcome: 'error',
        status: 502,
        errorCode: 'upstream_error',
        provider: 'groq',
        doneAt: 500,
        tools: true,
        conversation: 'c2',
      });
      add(3, {
        startedAt: START + 1.5,
        attemptCount: 2,
        modelServed: 'Claude_4%x',
        app: 'a*b',
        streamed: false,
        finishReason: 'length',
        cost: 1e12,
        tokens: { input: 100, cacheRead: 0, cacheWrite: 0, output: 60, reasoning: 0 },
      });
      add(4, {
        outcome: 'cut',
        app: 'Cline',
        modelAsked: null,
        modelServed: null,
        path: '/v1/messages?beta=true',
        tokensEstimated: true,
      });
      log.begin(liveRow(5));
      add(6, { outcome: 'client-left', status: 499, keyId: 'k2', keyFingerprint: '…z9y8', cost: null });
      const text = (field: TextField, ...values: string[]): Condition => ({ kind: 'text', field, values });
      const flag = (field: FlagField): Condition => ({ kind: 'flag', field });
      const range = (field: RangeField, least?: number, most?: number): Condition => ({
        kind: 'range',
        field,
        least,
        most,
      });
      const not = (condition: Condition): Condition => ({ ...condition, not: true });
      const all = [6, 5, 4, 3, 2, 1];
      const cases: readonly (readonly [readonly Condition[], readonly number[]])[] = [
        [[], all],
        [[text('outcome', 'live')], [5]],
        [[text('outcome', 'ERROR', 'cut')], [4, 2]],
        [[not(text('outcome', 'error', 'cut'))], [6, 5, 3, 1]],
        [[text('outcome', 'c*')], [6, 4]],
        [[text('error', 'upstream_error')], [2]],
        [[not(text('error', '*'))], [6, 5, 4, 3, 1]],
        [[text('provider', 'groq')], [2]],
        [[text('provider', 'GROQ', 'none')], [2]],
        [[text('provider', 'none')], []],
        [[text('provider', 'gr*q'), text('provider', '*r*')], [2]],
        [[text('provider', 'groq*q')], []],
        [[text('model', 'FAST')], [6, 5, 3, 2, 1]],
        [[text('model', '*claude_4%*')], [3]],
        [[text('model', '*_*')], [3]],
        [[text('model', '*')], [6, 5, 3, 2, 1]],
        [[text('asked', 'gpt-5-mini')], []],
        [[text('served', 'gpt-5-*')], [6, 5, 2, 1]],
        [[not(text('served', 'gpt-5-*'))], [4, 3]],
        [[text('app', 'cline')], [4]],
        [[text('app', 'A\\*b')], [3]],
        [[text('app', 'a\\**')], [3]],
        [[text('app', 'cl\\*')], []],
        [[text('app', '*\\*b', 'cline')], [4, 3]],
        [[text('key', 'k1')], [5, 4, 3, 2, 1]],
        [[text('key', 'k2', '…z9y8')], [6]],
        [[text('client', 'lap*')], all],
        [[text('dialect', 'openai-chat')], all],
        [[text('finish', 'length')], [3]],
        [[text('conversation', 'c2')], [2]],
        [[text('conversation', 'C2')], []],
        [[text('conversation', 'C*')], all],
        [[text('path', '/v1/mess*')], [4]],
        [[text('id', 'req_3', 'req_4')], [4, 3]],
        [[text('id', 'REQ_3')], []],
        [[flag('imported')], [1]],
        [
          [not(flag('imported')), flag('failed')],
          [6, 4, 2],
        ],
        [[flag('failed')], [6, 4, 2]],
        [[not(flag('failed'))], [5, 3, 1]],
        [[flag('retried')], [3]],
        [[flag('failed'), flag('retried')], []],
        [[flag('streamed')], [6, 5, 4, 2, 1]],
        [[flag('tools')], [2]],
        [[flag('cached')], [1]],
        [[flag('estimated')], [4]],
        [[flag('unpriced')], [6]],
        [[range('time', START)], all],
        [[range('time', undefined, START - 1)], []],
        [[range('time', START + 1, START + 2)], [3]],
        [[range('status', 500, 599)], [2]],
        [[not(range('status', 200, 200))], [6, 5, 2]],
        [[range('cost', 0.5, 2)], [3]],
        [[range('cost', undefined, 0.000123)], [5, 4, 2, 1]],
        [[range('tokens', 151)], [3]],
        [[range('input', 101)], []],
        [[range('output', 51)], [3]],
        [[range('duration', 451)], [2]],
        [[range('firstContent', 120.5, 120.5)], [6, 5, 4, 3, 2, 1]],
        [[range('attempts', 2)], [3]],
        [[flag('failed'), text('provider', 'openai'), not(text('app', 'cline'))], [6]],
      ];
      for (const [where, expected] of cases) {
        const page = await log.list({ limit: 10, filter: { where: [...where] } });
        const found = { where, rows: sequences(page.rows), total: page.total, exact: page.totalIsExact };
        expect(found).toEqual({ where, rows: expected, total: expected.length, exact: true });
      }
    });

    it('spreads the rows of a filter over time, and tells the names to filter by', async () => {
      const noon = Date.UTC(2026, 10, 21, 12);
      const add = (sequence: number, after: number, row: Partial<RequestRow> = {}): void =>
        log.finish(requestRow({ sequence, startedAt: noon + after, ...row }), NO_BODIES);
      expect((await log.histogram({ filter: {}, buckets: 12 })).counts).toEqual([]);
      add(1, 0);
      add(2, HOUR / 4 - 1, { outcome: 'error', provider: 'groq', modelServed: 'llama' });
      add(3, HOUR, { provider: 'Groq', modelServed: null });
      add(4, HOUR, { modelServed: 'FAST', provider: null });
      const at = (after: number, requests: number, failed: number) => ({
        at: noon + after,
        requests,
        failed,
      });
      expect(await log.histogram({ filter: {}, buckets: 12 })).toEqual({
        from: noon,
        until: noon + 1.25 * HOUR,
        bucket: HOUR / 4,
        counts: [at(0, 2, 1), at(HOUR, 2, 0)],
        exact: true,
      });
      const groq: RequestFilter = { where: [{ kind: 'text', field: 'provider', values: ['groq'] }] };
      expect((await log.histogram({ filter: groq, buckets: 12 })).counts).toEqual([
        at(0, 1, 1),
        at(HOUR, 1, 0),
      ]);
      expect((await log.histogram({ filter: { words: 'no' }, buckets: 12 })).counts).toEqual([]);
      const later: RequestFilter = { where: [{ kind: 'range', field: 'time', least: noon + HOUR }] };
      expect(await log.histogram({ filter: later, buckets: 12 })).toMatchObject({
        from: noon + HOUR,
        counts: [at(HOUR, 2, 0)],
      });

      expect(await log.values({ field: 'provider', part: '', limit: 9 })).toMatchObject({
        values: [{ requests: 2 }, { name: 'openai', requests: 1 }],
        complete: true,
      });
      expect(await log.values({ field: 'model', part: 'A', limit: 1 })).toEqual({
        values: [{ name: expect.stringMatching(/^fast$/i), requests: 4 }],
        complete: false,
      });
      expect(await log.values({ field: 'error', part: '', limit: 9 })).toEqual({
        values: [],
        complete: true,
      });
    });

    it('deletes the rows it is told, those that are finished', async () => {
      for (let sequence = 1; sequence <= 4; sequence += 1)
        log.finish(requestRow({ sequence }), { request: capture('gone'), response: null });
      log.begin(liveRow(5));
      await log.flush();
      expect(await log.remove([2, 3, 5, 99])).toBe(2);
      await log.scrub();
      expect(sequences((await log.list({ limit: 10, filter: {} })).rows)).toEqual([5, 4, 1]);
      expect(await log.body('req_2', 'request')).toBeUndefined();
      expect(await log.body('req_4', 'request')).toMatchObject({ text: 'gone' });
      expect(await log.remove([])).toBe(0);
    });

    it('finds words in messages and answers, together with conditions', async () => {
      const chat = (...texts: readonly string[]): BodyCapture =>
        capture(JSON.stringify({ messages: texts.map((content) => ({ role: 'user', content })) }));
      const said = (content: string): BodyCapture =>
        capture(JSON.stringify({ choices: [{ index: 0, message: { role: 'assistant', content } }] }));
      const add = (
        sequence: number,
        request: BodyCapture | null,
        response: BodyCapture | null,
        row: Partial<RequestRow> = {},
      ): void => log.finish(requestRow({ sequence, ...row }), { request, response });
      add(1, chat('Please fix the login page.'), said('Done: the Café is open.'));
      add(2, chat('Please fix the login page.', 'And call getUserName()'), null, { provider: 'groq' });
      add(3, chat('请修复登录页面。'), said('好的，已经修复。'));
      add(4, chat('see src/app/main.ts and my_name'), said('100 pages'), { outcome: 'cut' });
      add(5, null, null, { path: '/v1/messages' });
      const cases: readonly (readonly [RequestFilter, readonly number[]])[] = [
        [{ words: 'login' }, [2, 1]],
        [{ words: 'LOGIN cafe' }, [1]],
        [{ words: 'login -café' }, [2]],
        [{ words: '"login page"' }, [2, 1]],
        [{ words: '"page login"' }, []],
        [{ words: '-login' }, [5, 4, 3]],
        [{ words: 'user' }, [2]],
        [{ words: 'userName' }, [2]],
        [{ words: 'getusername' }, [2]],
        [{ words: 'src/app' }, [4]],
        [{ words: 'my_name' }, [4]],
        [{ words: '登录' }, [3]],
        [{ words: '修复登录' }, [3]],
        [{ words: '登录 已经' }, [3]],
        [{ words: '面' }, [3]],
        [{ words: '录登' }, []],
        [{ words: 'assistant' }, []],
        [{ words: '=>' }, []],
        [{ words: ' ' }, [5, 4, 3, 2, 1]],
        [{ words: '/v1/messages' }, []],
        [{ words: '/v1/messages', address: true }, [5]],
        [{ words: 'POST /v1/mess', address: true }, [5]],
        [{ words: '登录', address: true }, [3]],
        [{ words: 'login', where: [{ kind: 'text', field: 'provider', values: ['groq'] }] }, [2]],
        [{ words: '-login', where: [{ kind: 'flag', field: 'failed' }] }, [4]],
      ];
      await vi.waitFor(async () => {
        const { search } = await log.list({ limit: 1, filter: { words: 'pages' } });
        expect(search).toEqual({
          excerpts: [{ before: '100 ', hit: 'pages', after: '' }],
          index: { waiting: 0, since: null },
        });
      }, PATIENCE);
      for (const [filter, expected] of cases) {
        const page = await log.list({ limit: 10, filter });
        const found = { filter, rows: sequences(page.rows), total: page.total, exact: page.totalIsExact };
        expect(found).toEqual({ filter, rows: expected, total: expected.length, exact: true });
      }
      const { search } = await log.list({ limit: 10, filter: { words: '修复' } });
      expect(search?.excerpts).toEqual([{ before: '好的，已经', hit: '修复', after: '。' }]);
    });

    it('keeps bodies as text, whatever the chunks were', async () => {
      const euro = Buffer.from('€');
      log.finish(requestRow({ sequence: 1 }), {
        request: capture('{"a":', euro.subarray(0, 1), euro.subarray(1), '}'),
        response: { ...capture('data: [DONE]\n\n'.repeat(100)), bytes: 9_000, truncated: true },
      });
      expect(await log.body('req_1', 'request')).toEqual({ state: 'stored', text: '{"a":€}', bytes: 9 });
      expect(await log.body('req_1', 'response')).toEqual({
        state: 'truncated',
        text: 'data: [DONE]\n\n'.repeat(100),
        bytes: 9_000,
      });
      expect(await log.body('req_none', 'request')).toBeUndefined();
    });

    it('tells what a stream said, and its events with their times', async () => {
      const events = ['One ', 'two.'].map(
        (text) => `data: {"choices":[{"delta":{"content":"${text}"}}]}\n\n`,
      );
      const [first = '', second = ''] = events;
      const response = {
        ...capture(...events),
        stream: { head: 1_000, times: [12.5, first.length, 20, first.length + second.length] },
      };
      log.finish(requestRow({ sequence: 1 }), { request: null, response });
      expect(await log.answer('req_1')).toEqual({ text: 'One two.', reasoning: '', calls: [] });
      expect(await log.events({ id: 'req_1', from: 0, limit: 1 })).toEqual({
        total: 2,
        state: 'stored',
        events: [{ at: 13, text: first }],
      });
      expect(await log.events({ id: 'req_1', from: 1, limit: 5 })).toMatchObject({
        events: [{ at: 20, text: second }],
      });
      expect(await log.answer('req_none')).toBeUndefined();
      expect(await log.events({ id: 'req_none', from: 0, limit: 1 })).toBeUndefined();
    });

    it('gives the requests of one conversation one name', async () => {
      const said = ['first question', 'answer', 'second question'];
      const body = (count: number, ...others: readonly string[]) => ({
        request: capture(
          JSON.stringify({
            messages: [...said.slice(0, count), ...others].map((content, at) => ({
              role: at % 2 === 0 ? 'user' : 'assistant',
              content,
            })),
          }),
        ),
        response: null,
      });
      const unnamed = (sequence: number, headers: Readonly<Record<string, string>> = {}) =>
        requestRow({ sequence, conversation: null, requestHeaders: headers });
      log.finish(unnamed(1), body(1));
      log.finish(unnamed(2), body(3));
      log.finish(unnamed(3), body(0, 'another question'));
      log.finish(unnamed(4, { session_id: 's1' }), body(0, 'a'));
      log.finish(unnamed(5, { session_id: 's1' }), NO_BODIES);
      log.finish(unnamed(6), NO_BODIES);
      const { rows } = await log.list({ limit: 10, filter: {} });
      const names = rows.toReversed().map(({ conversation }) => conversation);
      expect(names.map((name) => names.indexOf(name))).toEqual([0, 0, 2, 3, 3, 5]);
      expect(names[0]).toMatch(/^[\w-]{12}$/);
      expect(names[5]).toBeNull();
    });

    it('says of a body that is not kept how long it was', async () => {
      log.finish(requestRow({ sequence: 1, requestBytes: 11, responseBytes: 22 }), NO_BODIES);
      expect(await log.body('req_1', 'request')).toEqual({ state: 'not-kept', text: '', bytes: 11 });
      expect(await log.body('req_1', 'response')).toEqual({ state: 'not-kept', text: '', bytes: 22 });
    });

    it('stores bytes that are no text without failing', async () => {
      const body = capture(Buffer.from([0xff, 0x00, 0x41]));
      log.finish(requestRow({ sequence: 1 }), { request: body, response: null });
      expect(await log.body('req_1', 'request')).toEqual({ state: 'stored', text: '\uFFFD\0A', bytes: 3 });
    });

    it('takes secrets out of rows and bodies, also where a chunk ends inside one', async () => {
      log.redact([SECRET]);
      const [head, tail] = [SECRET.slice(0, 9), SECRET.slice(9)];
      const encoded = [SECRET, encodeURIComponent(SECRET), Buffer.from(`user:${SECRET}`).toString('base64')];
      log.finish(
        requestRow({
          sequence: 1,
          path: `/v1/models?key=${SECRET}`,
          errorMessage: `bad key ${SECRET}`,
          requestHeaders: { authorization: 'Bearer unknown-key', 'x-note': SECRET },
        }),
        { request: capture('{"k":"', head, tail, '"}'), response: capture(encoded.join(' ')) },
      );
      const text = JSON.stringify([
        await log.get('req_1'),
        await log.body('req_1', 'request'),
        await log.body('req_1', 'response'),
      ]);
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain('unknown-key');
      expect(text).not.toContain(encodeURIComponent(SECRET));
      expect(text).not.toContain(Buffer.from(SECRET).toString('base64').slice(4, 20));
      expect(await log.body('req_1', 'request')).toMatchObject({ text: '{"k":"[redacted]"}', bytes: 30 });
      expect(await log.get('req_1')).toMatchObject({
        errorMessage: 'bad key [redacted]',
        requestHeaders: { authorization: '[redacted]', 'x-note': '[redacted]' },
      });
    });

    it('counts what came, ended and went well', async () => {
      const now = Date.UTC(2026, 10, 21, 12);
      expect(await log.statistics(now)).toEqual({
        total: 0,
        imported: 0,
        finished: 0,
        succeeded: 0,
        averageMilliseconds: 0,
        lastHour: 0,
      });
      log.finish(requestRow({ sequence: 1, startedAt: now - 2 * HOUR, doneAt: 100 }), NO_BODIES);
      log.finish(
        requestRow({ sequence: 2, startedAt: now - HOUR + 1, doneAt: 200, outcome: 'cut' }),
        NO_BODIES,
      );
      log.begin({ ...liveRow(3), startedAt: now });
      log.finish(
        requestRow({ sequence: 4, startedAt: now, doneAt: 600, outcome: 'error', status: 500 }),
        NO_BODIES,
      );
      log.finish(requestRow({ sequence: 5, startedAt: now, doneAt: 9_000, imported: true }), NO_BODIES);
      expect(await log.statistics(now)).toEqual({
        total: 4,
        imported: 1,
        finished: 3,
        succeeded: 1,
        averageMilliseconds: 300,
        lastHour: 3,
      });
    });

    it('deletes every finished row on request', async () => {
      for (let sequence = 1; sequence <= 3; sequence += 1)
        log.finish(requestRow({ sequence }), { request: capture('body'), response: null });
      log.begin(liveRow(4));
      expect(await log.clear()).toBe(3);
      expect(sequences((await log.list({ limit: 10, filter: {} })).rows)).toEqual([4]);
      expect(await log.body('req_1', 'request')).toBeUndefined();
      expect(await log.clear()).toBe(0);
    });

    it('keeps the newest rows, and those of requests under way', async () => {
      log.begin(liveRow(1));
      for (let sequence = 2; sequence <= 6; sequence += 1)
        log.finish(requestRow({ sequence, startedAt: Date.now() }), NO_BODIES);
      await log.flush();
      log.keep({ rows: 3, days: 30, size: 1_000_000_000 });
      await vi.waitFor(async () => {
        const { rows } = await log.list({ limit: 10, filter: {} });
        expect(sequences(rows)).toContain(1);
        expect(sequences(rows)).toContain(6);
        expect(sequences(rows)).not.toContain(2);
      }, PATIENCE);
    });

    it('lets rows go when they are too old', async () => {
      const now = Date.now();
      log.finish(requestRow({ sequence: 1, startedAt: now - 3 * DAY }), NO_BODIES);
      log.finish(requestRow({ sequence: 2, startedAt: now - DAY }), NO_BODIES);
      await log.flush();
      log.keep({ rows: 100, days: 2, size: 1_000_000_000 });
      await vi.waitFor(async () => {
        expect(sequences((await log.list({ limit: 10, filter: {} })).rows)).toEqual([2]);
      }, PATIENCE);
    });

    it('fares well', async () => {
      log.finish(requestRow({ sequence: 1 }), NO_BODIES);
      await log.flush();
      expect(log.health()).toEqual({
        queued: 0,
        droppedBodies: 0,
        droppedRows: 0,
        index: { waiting: 0, since: null },
        problem: null,
      });
    });

    it('takes rows without an error after it was closed', async () => {
      await log.close();
      expect(() => log.finish(requestRow({ sequence: 1 }), NO_BODIES)).not.toThrow();
    });
  });
}

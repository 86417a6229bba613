import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RequestFilter } from '../../contract/log/filter.ts';
import type { RequestRow, RequestSummary } from '../../contract/log/row.ts';
import { RpcError } from '../../contract/rpc/errors.ts';
import { serveRoutes } from '../../gateway/testing/serve-routes.ts';
import type { ServedRoutes } from '../../gateway/testing/serve-routes.ts';
import { createFakeControl } from '../testing/fake-control.ts';
import { documentedApi } from './documented-api.ts';

const TOTAL = 1_234;

function summary(sequence: number): RequestSummary {
  return {
    id: `req_${sequence}`,
    sequence,
    startedAt: Date.UTC(2026, 10, 21, 8, 0, 0, 5),
    outcome: 'error',
    status: 502,
    errorCode: 'upstream_error',
    client: null,
    app: null,
    dialect: 'openai-chat',
    modelAsked: 'fast',
    modelServed: 'llama',
    provider: 'groq',
    streamed: false,
    attemptCount: 1,
    firstContentAt: null,
    doneAt: 12.5,
    tokens: null,
    tokensEstimated: false,
    finishReason: null,
    keyId: null,
    tools: false,
    conversation: null,
    cost: null,
    demo: false,
  };
}

const whole = (sequence: number): RequestRow => ({
  ...summary(sequence),
  method: 'POST',
  path: '/v1/chat/completions',
  keyFingerprint: '…a1b2',
  userAgent: null,
  queuedFor: 0,
  connectedAt: null,
  sentAt: null,
  firstByteAt: null,
  routing: null,
  attempts: [],
  warnings: [],
  errorMessage: 'Groq answered 500.',
  errorTold: null,
  costDetail: null,
  requestHeaders: { 'content-type': 'application/json' },
  responseHeaders: { 'x-request-id': `req_${sequence}` },
  requestBytes: 5_000,
  responseBytes: 0,
});

/** Rows 1234 down to 1; the word `llama` stands in half of them, anything else in none, and a key has seven. */
const asked: RequestFilter[] = [];
const control = createFakeControl({
  'requests.list': ({ limit, skip = 0, before = Number.POSITIVE_INFINITY, filter }) => {
    const total =
      filter.where?.length === 1
        ? 7
        : filter.words === undefined
          ? TOTAL
          : filter.words === 'llama'
            ? TOTAL / 2
            : 0;
    asked.push(filter);
    const newest = Math.max(0, Math.min(total, before - 1) - skip);
    // A search stops short of a full page.
    const count = Math.min(limit, newest, filter.words === undefined ? limit : 15);
    const rows = Array.from({ length: count }, (_, index) => summary(newest - index));
    return Promise.resolve({
      rows,
      total,
      totalIsExact: true,
      next: count < newest ? newest - count + 1 : null,
    });
  },
  'requests.get': ({ id }) => {
    const sequence = Number(/^req_(\d+)$/.exec(id)?.[1] ?? 0);
    return sequence === 0
      ? Promise.reject(new RpcError('not_found', `The log has no request ${id}.`))
      : Promise.resolve(whole(sequence));
  },
  'requests.body': ({ part }) =>
    Promise.resolve(
      part === 'request'
        ? { state: 'stored', text: 'x'.repeat(5_000), bytes: 5_000 }
        : { state: 'not-kept', text: '', bytes: 0 },
    ),
  'requests.statistics': () =>
    Promise.resolve({
      total: 150,
      imported: 0,
      finished: 148,
      succeeded: 146,
      averageMilliseconds: 1250.26,
      lastHour: 10,
    }),
});

let served: ServedRoutes;
beforeAll(async () => {
  const session = { id: 's', csrf: 'c' };
  served = await serveRoutes(
    documentedApi(control.handlers, () => 20),
    { sessionOf: (request) => (request.headers.cookie === 'in=1' ? session : null) },
  );
});
afterAll(() => served.close());

/** What a signed-in client gets; `any` as a client of another language would see it. */
async function get(path: string) {
  const response = await fetch(`${served.url}${path}`, { headers: { cookie: 'in=1' } });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

it.each(['/api/requests', '/api/request/req_1', '/api/stats'])(
  '%s needs a session, not a key',
  async (path) => {
    for (const headers of [{}, { authorization: 'Bearer sk-client' }, { 'x-api-key': 'sk-client' }]) {
      expect((await fetch(`${served.url}${path}`, { headers })).status).toBe(401);
    }
  },
);

describe('the list', () => {
  it('has the newest first, with the twelve columns', async () => {
    const { body } = await get('/api/requests');
    expect(body).toMatchObject({ total_count: TOTAL, page: 1, page_size: 20 });
    expect(body.requests).toHaveLength(20);
    expect(body.requests[0]).toEqual({
      id: 'req_1234',
      timestamp: '2026-11-21T08:00:00.005Z',
      method: 'POST',
      url: '/v1/chat/completions',
      headers: { 'content-type': 'application/json' },
      body: 'x'.repeat(2_000),
      authorization_bearer: '…a1b2',
      response_status: 502,
      response_headers: { 'x-request-id': 'req_1234' },
      response_body: null,
      duration_ms: 12.5,
      error: 'Groq answered 500.',
    });
  });

  it.each([
    ['?page=2', 'req_1214', 20],
    ['?page=31&page_size=40', 'req_34', 34],
    ['?page=62', 'req_14', 14],
    ['?page=63', undefined, 0],
    ['?page=1000000', undefined, 0],
  ])('%s starts at %s with %i rows', async (query, first, count) => {
    const { body } = await get(`/api/requests${query}`);
    expect(body.requests).toHaveLength(count);
    expect(body.requests[0]?.id).toBe(first);
    expect(body.total_count).toBe(TOTAL);
  });

  it.each([
    ['search=llama', TOTAL / 2, { words: 'llama', address: true }],
    ['search=nothing+of+the+kind', 0, { words: 'nothing of the kind', address: true }],
    ['search=', TOTAL, {}],
    ['key=k1', 7, { where: [{ kind: 'text', field: 'key', values: ['k1'] }] }],
  ])('finds %s in messages, answers and addresses', async (query, total, filter) => {
    const { body } = await get(`/api/requests?${query}`);
    expect([body.total_count, asked.at(-1)]).toEqual([total, filter]);
  });

  it('reads a search on until the page is full', async () => {
    const { body } = await get('/api/requests?search=llama&page=3');
    const expected = Array.from({ length: 20 }, (_, index) => ({ id: `req_${TOTAL / 2 - 40 - index}` }));
    expect(body.requests).toMatchObject(expected);
  });

  it('refuses a search for more words than the page takes', async () => {
    const { status, body } = await get(`/api/requests?search=${Array(21).fill('a').join('+')}`);
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining('20')]);
  });

  it('refuses a search that is too long', async () => {
    expect((await get(`/api/requests?search=${'x'.repeat(501)}`)).status).toBe(400);
  });

  it.each(['page=0', 'page=-1', 'page=x', 'page=1.5', 'page=', 'page_size=0', 'page_size=201'])(
    'refuses %s and says what is allowed',
    async (query) => {
      const { status, body } = await get(`/api/requests?${query}`);
      expect(status).toBe(400);
      expect(body.error.message).toMatch(/^page(_size)? is a whole number from 1 to \d+\.$/);
    },
  );
});

describe('one request', () => {
  it('has its body whole', async () => {
    const { body } = await get('/api/request/req_7');
    expect([body.id, body.body.length]).toEqual(['req_7', 5_000]);
  });

  it('that is not there is a 404 with a sentence', async () => {
    expect(await get('/api/request/nope')).toEqual({
      status: 404,
      body: { ok: false, error: { code: 'not_found', message: 'The log has no request nope.' } },
    });
  });
});

it('counts success over finished requests, to one decimal', async () => {
  expect((await get('/api/stats')).body).toEqual({
    total_requests: 150,
    success_rate: 98.6,
    avg_response_time: 1250.3,
    recent_requests_count: 10,
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeUpstream, type FakeRequest, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER, ASK, chunk, DONE, HEAD } from '../testing/openai-wire.ts';
import {
  KEY_ONE,
  KEY_TWO,
  providerYaml,
  startTestGateway,
  type TestGateway,
} from '../testing/test-gateway.ts';

const STREAM = [HEAD, chunk({ content: 'hello' }), chunk({}, 'stop'), DONE];

let upstream: FakeUpstream;
let gateway: TestGateway | undefined;

beforeEach(async () => {
  upstream = await startFakeUpstream();
});
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
  await upstream.close();
});

const bearer = (request: FakeRequest): string => request.headers['authorization'] ?? '';

/** Two keys of one provider; chance always picks the first. */
async function twoKeys(more = ''): Promise<TestGateway> {
  const yaml = `providers:\n${providerYaml('one', upstream.url, [KEY_ONE, KEY_TWO], more)}`;
  gateway = await startTestGateway(yaml, { random: () => 0 });
  return gateway;
}

describe('two keys, the first one fails', () => {
  const failures: readonly (readonly [string, (request: FakeRequest) => void, string, string])[] = [
    [
      '401',
      (request) =>
        request.json(401, { error: { message: 'Incorrect API key provided', code: 'invalid_api_key' } }),
      'key_rejected',
      'key',
    ],
    [
      '429',
      (request) => request.json(429, { error: { message: 'slow down', code: 'rate_limit_exceeded' } }),
      'rate_limited',
      'key',
    ],
    [
      '402',
      (request) => request.json(402, { error: { message: 'Insufficient Balance' } }),
      'credit_exhausted',
      'key',
    ],
    [
      'exhausted quota',
      (request) =>
        request.json(429, {
          error: { message: 'quota', code: 'insufficient_quota', type: 'insufficient_quota' },
        }),
      'credit_exhausted',
      'key',
    ],
    ['500', (request) => request.json(500, { error: { message: 'oops' } }), 'upstream_error', 'provider'],
    [
      'an error inside a 200',
      (request) => request.json(200, { error: { message: 'no', code: 429 } }),
      'rate_limited',
      'key',
    ],
    [
      'a page of HTML',
      (request) =>
        request.respond(200, { 'content-type': 'text/html' }, '<html><title>Bad gateway</title></html>'),
      'upstream_invalid_response',
      'provider',
    ],
  ];

  it.each(failures)('%s: one clean answer, both attempts in the log', async (_name, fail, result, scope) => {
    upstream.script((request) => {
      if (bearer(request).includes(KEY_ONE)) fail(request);
      else request.json(200, ANSWER);
    });
    const { chat, rows } = await twoKeys();
    const answer = await chat(ASK);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual(ANSWER);
    expect(answer.headers.get('x-switchyard-attempts')).toBe('2');
    const [row] = await rows(1);
    expect(row).toMatchObject({ outcome: 'ok', status: 200, attemptCount: 2, keyFingerprint: '…2222' });
    expect(row?.attempts).toMatchObject([
      { keyFingerprint: '…1111', result, scope, action: 'next-key' },
      { keyFingerprint: '…2222', result: 'ok', action: 'done', status: 200 },
    ]);
  });

  it('an error as the first event of a stream fails over unseen', async () => {
    upstream.script((request) => {
      if (bearer(request).includes(KEY_ONE))
        request.sse([HEAD, 'data: {"error":{"message":"overloaded","code":529}}\n\n']);
      else request.sse(STREAM);
    });
    const { chat, rows } = await twoKeys();
    const answer = await chat({ ...ASK, stream: true });
    expect(await answer.text()).toBe(STREAM.join(''));
    const [row] = await rows(1);
    expect(row?.attempts.map(({ result }) => result)).toEqual(['overloaded', 'ok']);
  });

  describe('a stream of nothing but its end', () => {
    /** The client asks in its own format, or in one that is translated. */
    const ways = ['/v1/chat/completions', '/v1/messages'] as const;

    it.each(ways)('fails over from %s', async (path) => {
      upstream.script((request) =>
        request.sse(bearer(request).includes(KEY_ONE) ? [': ping\n\n', DONE] : STREAM),
      );
      const { url, rows } = await twoKeys();
      const answer = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...ASK, max_tokens: 50, stream: true }),
      });
      expect(await answer.text()).toContain('hello');
      const [row] = await rows(1);
      expect(row?.attempts.map(({ result }) => result)).toEqual(['upstream_invalid_response', 'ok']);
    });

    const usage = 'data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":0}}\n\n';
    it.each([
      ['a reason for its end', [HEAD, chunk({}, 'stop'), DONE]],
      ['counts of tokens', [HEAD, usage, DONE]],
    ])('is an answer where it has %s', async (_what, events) => {
      upstream.script((request) => request.sse(events));
      const { chat, rows } = await twoKeys();
      const asked = { ...ASK, stream: true, stream_options: { include_usage: true } };
      expect(await (await chat(asked)).text()).toBe(events.join(''));
      expect((await rows(1))[0]).toMatchObject({ outcome: 'ok', attemptCount: 1 });
    });
  });

  it('400 returns at once, as the upstream wrote it, and marks nobody', async () => {
    const body = {
      error: { message: 'bad temperature', type: 'invalid_request_error', param: 'temperature', code: null },
    };
    upstream.script((request) => request.json(400, body));
    const { chat, call, rows } = await twoKeys();
    const answer = await chat(ASK);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual(body);
    expect(answer.headers.get('x-should-retry')).toBe('false');
    expect(upstream.requests).toHaveLength(1);
    const [row] = await rows(1);
    expect(row).toMatchObject({ outcome: 'error', status: 400, errorCode: 'request_rejected' });
    expect(await call('providers.list')).toMatchObject({
      data: [
        {
          keys: [
            { state: 'ready', consecutiveFailures: 0 },
            { state: 'ready', consecutiveFailures: 0 },
          ],
        },
      ],
    });
  });

  it('all keys refused: 502 naming fingerprints only, and no upstream call while they cool', async () => {
    upstream.script((request) =>
      request.json(401, { error: { message: `Incorrect API key provided: ${bearer(request)}` } }),
    );
    const { chat } = await twoKeys();
    const answer = await chat(ASK);
    expect(answer.status).toBe(502);
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({ error: { code: 'upstream_credentials_rejected' } });
    expect(text).toContain('…1111');
    expect(text).toContain('…2222');
    expect(text).not.toContain(KEY_ONE);
    expect(text).not.toContain(KEY_TWO);
    const again = await chat(ASK);
    expect(again.status).toBe(502);
    expect(upstream.requests).toHaveLength(2);
  });

  it('all keys out of credit: 402 credentials_exhausted, one call per key', async () => {
    upstream.script((request) => request.json(402, { error: { message: 'Insufficient credits' } }));
    const { chat } = await twoKeys();
    const answer = await chat(ASK);
    expect(answer.status).toBe(402);
    expect(await answer.json()).toMatchObject({ error: { code: 'credentials_exhausted' } });
    expect(upstream.requests).toHaveLength(2);
  });

  it('all keys limited: 429 with a bounded retry-after', async () => {
    upstream.script((request) =>
      request.json(429, { error: { message: 'limit' } }, { 'retry-after': '900' }),
    );
    const { chat } = await twoKeys();
    const answer = await chat(ASK);
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('60');
    expect(answer.headers.get('x-should-retry')).toBe('false');
  });

  it('never tries more often than retries allow', async () => {
    upstream.script((request) => request.json(500, { error: { message: 'oops' } }));
    const keys = Array.from({ length: 8 }, (_, index) => `sk-test-many-00000000000${index}`);
    gateway = await startTestGateway(
      `routing: { retries: 2 }\nproviders:\n${providerYaml('one', upstream.url, keys)}`,
    );
    const answer = await gateway.chat(ASK);
    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({ error: { message: 'oops' } });
    expect(upstream.requests).toHaveLength(3);
  });
});

describe('chains of targets', () => {
  it('refused connection: the next target answers, nothing of the first is marked as a key fault', async () => {
    const closed = await startFakeUpstream();
    await closed.close();
    upstream.script((request) => request.json(200, ANSWER));
    gateway = await startTestGateway(
      `models: [{ id: best, targets: [{ model: dead/m }, { model: one/m }] }]\nproviders:\n${providerYaml('dead', closed.url, [KEY_ONE])}${providerYaml('one', upstream.url, [KEY_TWO])}`,
    );
    const answer = await gateway.chat({ ...ASK, model: 'best' });
    expect(answer.status).toBe(200);
    const [row] = await gateway.rows(1);
    expect(row).toMatchObject({ modelAsked: 'best', modelServed: 'm', provider: 'one' });
    expect(row?.attempts).toMatchObject([
      { provider: 'dead', result: 'upstream_unreachable', scope: 'network', status: null },
      { provider: 'one', result: 'ok' },
    ]);
    expect(await gateway.call('providers.list')).toMatchObject({
      data: [{ keys: [{ state: 'ready' }] }, {}],
    });
  });

  it('aliases that lead to each other end: each target once, an error at last', async () => {
    upstream.script((request) => request.json(500, { error: { message: 'oops' } }));
    gateway = await startTestGateway(
      `models:\n  - { id: a, targets: [{ model: b }, { model: one/m }] }\n  - { id: b, targets: [{ model: c }, { model: one/n }] }\n  - { id: c, targets: [{ model: a }] }\nproviders:\n${providerYaml('one', upstream.url, [KEY_ONE]).replace('models: [m]', 'models: [m, n]')}`,
    );
    const answer = await gateway.chat({ ...ASK, model: 'a' });
    expect(answer.status).toBe(500);
    expect(upstream.requests).toHaveLength(2);
  });

  it.each([
    ['a first content', true, 'first_content: 150ms'],
    ['a whole answer', false, 'total: 150ms'],
  ])('%s that does not come is tried elsewhere once, not everywhere', async (_what, stream, timeout) => {
    upstream.script((request) => request.hang());
    const names = ['a', 'b', 'c', 'd'];
    const providers = names.map((name) =>
      providerYaml(name, upstream.url, [KEY_ONE], `, timeout: { ${timeout} }`),
    );
    const targets = names.map((name) => `{ model: ${name}/m }`).join(', ');
    gateway = await startTestGateway(
      `models: [{ id: chain, targets: [${targets}] }]\nproviders:\n${providers.join('')}`,
    );
    const answer = await gateway.chat({ ...ASK, model: 'chain', stream });
    expect(answer.status).toBe(504);
    expect(upstream.requests).toHaveLength(2);
  });
});

it('with no more tries at one target, a stream that has no content yet still goes to the next one', async () => {
  upstream.script(async (request) => {
    if (bearer(request).includes(KEY_TWO)) return request.sse(STREAM);
    request.head(200, { 'content-type': 'text/event-stream' });
    request.write(HEAD);
    // Longer than the beginning of the last chance is held back.
    await new Promise((resolve) => setTimeout(resolve, 300));
    request.cut();
  });
  gateway = await startTestGateway(
    `routing: { retries: 0 }\nmodels: [{ id: either, targets: [{ model: one/m }, { model: two/m }] }]\nproviders:\n${providerYaml('one', upstream.url, [KEY_ONE])}${providerYaml('two', upstream.url, [KEY_TWO])}`,
    { limits: { holdBack: 20 } },
  );
  const answer = await gateway.chat({ ...ASK, model: 'either', stream: true });
  expect(await answer.text()).toBe(STREAM.join(''));
});

/** What clients send that they should not: each gets its clear error, nobody else notices. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER } from '../testing/openai-wire.ts';
import { sendRaw } from '../testing/http-app.ts';
import { KEY_ONE, providerYaml, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway;

beforeEach(async () => {
  upstream = await startFakeUpstream();
  gateway = await startTestGateway(`providers:\n${providerYaml('one', upstream.url, [KEY_ONE])}`);
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

const isError = (value: unknown): value is { error: { code: string; message: string; type: string } } =>
  typeof value === 'object' && value !== null && 'error' in value;

async function refusal(body: string): Promise<{ status: number; code: string; message: string }> {
  const answer = await gateway.chat(body);
  const value: unknown = await answer.json();
  if (!isError(value)) throw new Error('no error envelope');
  expect(answer.headers.get('x-request-id')).toMatch(/^req_/);
  return { status: answer.status, code: value.error.code, message: value.error.message };
}

describe('bodies', () => {
  it.each([
    ['empty', '', 400, 'empty_body'],
    ['not JSON', 'hello', 400, 'invalid_json'],
    ['half a document', '{"model":"one/m","messages":[', 400, 'invalid_json'],
    ['an array', '[]', 400, 'invalid_request'],
    [
      '10,000 deep',
      `{"model":"one/m","messages":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
      400,
      'body_too_deep',
    ],
    ['1,000,000 deep', `{"model":"one/m","messages":${'['.repeat(1_000_000)}`, 400, 'body_too_deep'],
    ['the model twice', '{"model":"one/m","model":"other/m","messages":[]}', 400, 'duplicate_member'],
    [
      'a lone surrogate',
      '{"model":"one/m","messages":[{"role":"user","content":"\\ud800"}]}',
      400,
      'invalid_unicode',
    ],
    ['a model that is a number', '{"model":7,"messages":[]}', 400, 'invalid_request'],
    [
      'a stream flag that is a string',
      '{"model":"one/m","stream":"yes","messages":[]}',
      400,
      'invalid_request',
    ],
    ['no model', '{"messages":[]}', 400, 'model_required'],
    ['an unknown model', '{"model":"one/mm","messages":[]}', 404, 'model_not_found'],
  ])('%s', async (_name, body, status, code) => {
    const found = await refusal(body);
    expect(found).toMatchObject({ status, code });
    expect(found.message.length).toBeGreaterThan(20);
    expect(upstream.requests).toHaveLength(0);
  });

  const LONG = `one/${'m'.repeat(500)}`;
  const TURNS = [{ role: 'user', content: 'hi' }];
  const CONTENTS = [{ role: 'user', parts: [{ text: 'hi' }] }];
  it.each([
    ['/v1/chat/completions', { model: LONG, messages: TURNS }],
    ['/v1/completions', { model: LONG, prompt: 'hi' }],
    ['/v1/responses', { model: LONG, input: 'hi' }],
    ['/v1/embeddings', { model: LONG, input: 'hi' }],
    ['/v1/messages', { model: LONG, max_tokens: 5, messages: TURNS }],
    ['/v1/messages/count_tokens', { model: LONG, messages: TURNS }],
    ['/v1beta/models/NAME:generateContent', { contents: CONTENTS }],
    ['/v1beta/models/NAME:countTokens', { contents: CONTENTS }],
    ['/v1beta/models/NAME:embedContent', { content: CONTENTS[0] }],
    ['/api/chat', { model: LONG, messages: TURNS }],
    ['/api/generate', { model: LONG, prompt: 'hi' }],
  ])(
    'a model of more than 500 characters is refused before anything is kept of it: %s',
    async (path, body) => {
      const answer = await fetch(gateway.url + path.replace('NAME', LONG), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      expect(answer.status).toBe(400);
      const text = await answer.text();
      expect(text).toContain('longer than 500 characters');
      expect(text).not.toContain('mmmmm');
      if (!path.startsWith('/api')) expect(text).toContain('invalid_request');
      expect(upstream.requests).toHaveLength(0);
    },
  );

  it('a model of 500 characters is a name', async () => {
    upstream.script((request) => request.json(200, ANSWER));
    const model = 'm'.repeat(496);
    expect((await gateway.chat({ model: `one/${model}`, messages: [] })).status).toBe(404);
  });

  it('33 MB', async () => {
    const answer = await gateway
      .chat(`{"model":"one/m","messages":"${'a'.repeat(33 * 1_024 * 1_024)}"}`)
      .catch(() => undefined);
    if (answer !== undefined) expect(answer.status).toBe(413);
    expect(upstream.requests).toHaveLength(0);
  });

  it('__proto__ and constructor pass through and change nothing here', async () => {
    upstream.script((request) => request.json(200, ANSWER));
    const body =
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"model":"one/m","messages":[]}';
    expect((await gateway.chat(body)).status).toBe(200);
    expect(upstream.requests[0]?.body.toString()).toBe(body.replace('one/m', 'm'));
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('what arrives upstream', () => {
  it('is the client’s own bytes but for the model', async () => {
    upstream.script((request) => request.json(200, ANSWER));
    const body =
      '{ "seed":12345678901234567890123,\r\n\t"messages" :[ {"content":"caf\\u00e9 😀 \\/","role":"user"}],"z":1e400,"a":-0.0,\n"model"\t:\n"one/m" ,"temperature":0.10000000000000000001}';
    expect((await gateway.chat(body)).status).toBe(200);
    expect(upstream.requests[0]?.body.toString()).toBe(body.replace('"one/m"', '"m"'));
  });

  it('carries the provider’s key and none of the client’s headers that are not allowed', async () => {
    upstream.script((request) => request.json(400, { error: { message: 'x' } }));
    await gateway.chat(
      { model: 'one/m', messages: [] },
      {
        authorization: 'Bearer client-secret',
        'x-forwarded-for': '1.2.3.4',
        cookie: 'a=b',
        'x-title': 'My tool',
      },
    );
    const headers = upstream.requests[0]?.headers ?? {};
    expect(headers['authorization']).toBe(`Bearer ${KEY_ONE}`);
    expect(headers['x-title']).toBe('My tool');
    expect(headers['x-switchyard-hop']).toBeTruthy();
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['cookie']));
    expect(headers['x-forwarded-for']).toBeUndefined();
  });
});

it('nothing set up: says what to do', async () => {
  const bare = await startTestGateway('');
  const answer = await bare.chat({ model: 'gpt-5', messages: [] });
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({
    error: { code: 'no_provider_configured', message: expect.stringContaining('OPENAI_API_KEY') },
  });
  await bare.stop();
});

it('a provider without a key: says which', async () => {
  const bare = await startTestGateway('providers: [{ id: openai }]');
  const answer = await bare.chat({ model: 'openai/gpt-5', messages: [] });
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({
    error: { code: 'no_key_configured', message: expect.stringContaining('openai') },
  });
  await bare.stop();
});

it('a redirect is not followed, and the second server sees nothing', async () => {
  const second = await startFakeUpstream();
  second.script((request) => request.json(200, {}));
  for (const status of [301, 302, 307, 308]) {
    upstream.script((request) => request.respond(status, { location: `${second.url}/chat/completions` }, ''));
    const answer = await gateway.chat({ model: 'one/m', messages: [] });
    expect(answer.status).toBe(502);
    expect(await answer.json()).toMatchObject({ error: { code: 'upstream_redirected' } });
  }
  expect(second.requests).toHaveLength(0);
  await second.close();
});

it('a request that comes back to the gateway is refused', async () => {
  upstream.script((request) => request.json(400, {}));
  await gateway.chat({ model: 'one/m', messages: [] });
  const hop = upstream.requests[0]?.headers['x-switchyard-hop'] ?? '';
  const answer = await gateway.chat({ model: 'one/m', messages: [] }, { 'x-switchyard-hop': hop });
  expect(answer.status).toBe(508);
  expect(await answer.json()).toMatchObject({ error: { code: 'loop_detected' } });
});

it('a model whose name no header could hold is served all the same', async () => {
  upstream.script((request) => request.json(200, ANSWER));
  const name = `m${'\u{1f600}'.repeat(240)}`;
  const long = await startTestGateway(
    `providers:\n${providerYaml('one', upstream.url, [KEY_ONE]).replace('[m]', `["${name}"]`)}`,
  );
  const answer = await long.chat({ model: `one/${name}`, messages: [] });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('x-switchyard-model')).toMatch(/^m(?:%F0%9F%98%80){99}%EF%BF%BD$/);
  await long.stop();
});

it('requests sent without waiting for the answers before them are answered in order', async () => {
  upstream.script((request) => request.json(200, ANSWER));
  const post = (body: string, connection: string): string =>
    `POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:${gateway.port}\r\nConnection: ${connection}\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const good = '{"model":"one/m","messages":[]}';
  const received = await sendRaw(
    gateway.port,
    post(good, 'keep-alive') + post('{broken', 'keep-alive') + post(good, 'keep-alive') + post(good, 'close'),
  );
  expect([...received.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual([
    '200',
    '400',
    '200',
    '200',
  ]);
  expect((await gateway.rows(4)).map(({ outcome }) => outcome)).toEqual(['ok', 'error', 'ok', 'ok']);
});

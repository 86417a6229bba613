/** What is guarded reaches no provider, in whatever format it comes. */
import { englishOf } from '../testing/english-of.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER, ASK } from '../testing/openai-wire.ts';
import { KEY_ONE, providerYaml, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway | undefined;

beforeEach(async () => {
  upstream = await startFakeUpstream();
  upstream.script((request) => request.json(200, ANSWER));
});
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
  await upstream.close();
});

async function start(guards: string): Promise<TestGateway> {
  gateway = await startTestGateway(
    `providers:\n${providerYaml('one', upstream.url, [KEY_ONE])}guards: ${guards}\n`,
  );
  return gateway;
}

const post = (path: string, body: object): Promise<Response> =>
  fetch(`${gateway?.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const TEXT = 'please keep-this-in';
const messages = [{ role: 'user', content: TEXT }];

describe.each([
  ['chat', '/v1/chat/completions', { model: 'one/m', messages }],
  ['streamed chat', '/v1/chat/completions', { model: 'one/m', messages, stream: true }],
  ['responses', '/v1/responses', { model: 'one/m', input: TEXT }],
  ['messages', '/v1/messages', { model: 'one/m', max_tokens: 5, messages }],
  [
    'gemini',
    '/v1beta/models/one%2Fm:generateContent',
    { contents: [{ role: 'user', parts: [{ text: TEXT }] }] },
  ],
  ['old completions', '/v1/completions', { model: 'one/m', prompt: TEXT }],
  ['ollama', '/api/chat', { model: 'one/m', messages }],
  ['token counts', '/v1/messages/count_tokens', { model: 'one/m', messages }],
])('%s', (_name, path, body) => {
  it('a pattern keeps it in', async () => {
    await start("{ sensitive_patterns: ['/KEEP-this/i'] }");
    const answer = await post(path, body);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('pattern 1 of guards.sensitive_patterns');
    expect(upstream.requests).toEqual([]);
    expect(await gateway?.rows(1)).toMatchObject([
      { outcome: 'error', status: 400, errorCode: 'content_blocked', attemptCount: 0 },
    ]);
  });

  it('a pattern masks it, in what is sent and in the log', async () => {
    await start("{ sensitive_patterns: [{ pattern: '/KEEP-\\w+/i', name: word, action: mask }] }");
    const answer = await post(path, body);
    expect(answer.status).toBe(200);
    await answer.text();
    const [row] = await (gateway?.rows(1) ?? []);
    expect(englishOf(row?.warnings).join()).toContain(
      'pattern 1 of guards.sensitive_patterns (word) finds was masked',
    );
    for (const { body: sent } of upstream.requests) {
      expect(sent.toString()).toContain('please [masked word]-in');
      expect(sent.toString()).not.toContain('keep-');
    }
    const kept = JSON.stringify(await gateway?.call('requests.body', { id: row?.id, part: 'request' }));
    expect(kept).not.toContain('keep-');
  });

  it('a length keeps it in', async () => {
    await start(`{ max_query_length: ${TEXT.length - 1} }`);
    const answer = await post(path, body);
    expect(answer.status).toBe(400);
    expect(await gateway?.rows(1)).toMatchObject([{ errorCode: 'query_too_long', attemptCount: 0 }]);
    expect(upstream.requests).toEqual([]);
  });
});

it.each([
  ['what the system says', { ...ASK, messages: [{ role: 'system', content: TEXT }, ...ASK.messages] }],
  [
    'an earlier turn',
    { ...ASK, messages: [...messages, { role: 'assistant', content: 'no' }, ...ASK.messages] },
  ],
  [
    'a result of a tool',
    {
      ...ASK,
      messages: [
        ...ASK.messages,
        {
          role: 'assistant',
          tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }],
        },
        { role: 'tool', tool_call_id: 'c', content: TEXT },
      ],
    },
  ],
  [
    'a tool',
    {
      ...ASK,
      tools: [
        { type: 'function', function: { name: 'f', description: TEXT, parameters: { type: 'object' } } },
      ],
    },
  ],
])('%s is looked at', async (_name, body) => {
  await start('{ sensitive_patterns: [keep-this] }');
  expect((await post('/v1/chat/completions', body)).status).toBe(400);
  expect(upstream.requests).toEqual([]);
});

it('texts of other calls are looked at', async () => {
  await start('{ sensitive_patterns: [keep-this] }');
  expect((await post('/v1/embeddings', { model: 'one/m', input: ['fine', TEXT] })).status).toBe(400);
  expect(upstream.requests).toEqual([]);
});

it('the playground is no way around', async () => {
  const { call } = await start('{ sensitive_patterns: [keep-this] }');
  const end = await call('playground.chat', {
    model: 'one/m',
    messages: [{ role: 'user', text: TEXT }],
    parameters: {},
  });
  expect(end).toMatchObject({ ok: true, data: { outcome: 'error', error: { code: 'content_blocked' } } });
  expect(upstream.requests).toEqual([]);
});

it('what holds nothing of it goes on, byte for byte', async () => {
  await start('{ max_query_length: 2, sensitive_patterns: [keep-this] }');
  expect((await post('/v1/chat/completions', ASK)).status).toBe(200);
  expect(JSON.parse(upstream.requests[0]?.body.toString() ?? '')).toEqual({ ...ASK, model: 'm' });
});

it('texts of other calls are masked', async () => {
  upstream.script((request) => request.json(200, { data: [], usage: { prompt_tokens: 1 } }));
  await start('{ action: mask, sensitive_patterns: [keep-this] }');
  expect((await post('/v1/embeddings', { model: 'one/m', input: ['fine', TEXT] })).status).toBe(200);
  expect(upstream.requests[0]?.body.toString()).toContain('["fine","please [masked]-in"]');
});

it('what cannot be masked keeps the request in, and its body out of the log', async () => {
  await start('{ sensitive_patterns: [{ pattern: keep_this, action: mask }] }');
  const tools = [{ type: 'function', function: { name: 'keep_this', parameters: { type: 'object' } } }];
  const answer = await post('/v1/chat/completions', { ...ASK, tools });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain('in a place where nothing can be masked');
  expect(upstream.requests).toEqual([]);
  const [row] = await (gateway?.rows(1) ?? []);
  expect(
    JSON.stringify(await gateway?.call('requests.body', { id: row?.id, part: 'request' })),
  ).not.toContain('keep_this');
});

it('what is refused for one pattern is masked in the log for another', async () => {
  await start('{ sensitive_patterns: [keep-this, { pattern: please, action: mask }] }');
  expect((await post('/v1/chat/completions', { ...ASK, messages })).status).toBe(400);
  const [row] = await (gateway?.rows(1) ?? []);
  const kept = JSON.stringify(await gateway?.call('requests.body', { id: row?.id, part: 'request' }));
  expect(kept).toContain('[masked] keep-this-in');
});

it('what is only warned of is sent, and its row and event tell', async () => {
  const { chat, rows, gateway: running } = await start('{ action: warn, sensitive_patterns: [keep-this] }');
  const told: string[] = [];
  running.control.subscribe(['requests.changed'], (event) => told.push(JSON.stringify(event)) > 0);
  expect((await chat({ ...ASK, messages })).status).toBe(200);
  const [row] = await rows(1);
  expect(englishOf(row?.warnings).join()).toContain('It was sent all the same');
  expect(upstream.requests[0]?.body.toString()).toContain(TEXT);
  await expect.poll(() => told.join()).toContain('It was sent all the same');
});

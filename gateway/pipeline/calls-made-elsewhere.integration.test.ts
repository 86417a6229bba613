/** A conversation whose calls another provider of the same format made, and the provider that goes on with it. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isArray, isObject, type JsonObject } from '../core/json.ts';
import { startFakeUpstream, type FakeRequest, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER } from '../testing/openai-wire.ts';
import { KEY_ONE, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway;
beforeEach(async () => {
  upstream = await startFakeUpstream();
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

async function start(provider: string): Promise<void> {
  const address = `base_url: "${upstream.url.replace(/\/v1$/, '')}", allow_private_network: true`;
  const key = `keys: [{ id: k1, value: ${KEY_ONE} }]`;
  gateway = await startTestGateway(`providers:\n  - { ${provider}, ${address}, ${key} }\n`);
}

async function ask(path: string, body: object): Promise<number> {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  return (await fetch(`${gateway.url}${path}`, request)).status;
}

function bodyOf(request: FakeRequest | undefined): JsonObject {
  const body: unknown = JSON.parse(request?.body.toString() ?? 'null');
  return isObject(body) ? body : {};
}

/** The members of that name, wherever they stand. */
function valuesOf(value: unknown, name: string): readonly unknown[] {
  if (isArray(value)) return value.flatMap((item) => valuesOf(item, name));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, held]) => (key === name ? [held] : valuesOf(held, name)));
}

const GEMINI_ANSWER = {
  candidates: [{ content: { role: 'model', parts: [{ text: 'a' }] }, finishReason: 'STOP', index: 0 }],
};
const UNSIGNED = {
  error: {
    code: 400,
    message: 'Function call is missing a thought_signature in functionCall parts.',
    status: 'INVALID_ARGUMENT',
  },
};
const GEMINI_HISTORY = {
  contents: [
    { role: 'user', parts: [{ text: 'q' }] },
    { role: 'model', parts: [{ functionCall: { id: 'call_1', name: 'f', args: {} } }] },
    { role: 'user', parts: [{ functionResponse: { id: 'call_1', name: 'f', response: { output: 'r' } } }] },
  ],
};
const PLACEHOLDER = 'skip_thought_signature_validator';

it('Gemini 3 gets something in place of the signature that a call made elsewhere does not have', async () => {
  await start('id: google, models: [gemini-3-pro]');
  upstream.script((request) => request.json(200, GEMINI_ANSWER));
  expect(await ask('/v1beta/models/gemini-3-pro:generateContent', GEMINI_HISTORY)).toBe(200);
  expect(valuesOf(bodyOf(upstream.requests[0]), 'thoughtSignature')).toEqual([PLACEHOLDER]);
});

it('a model of another name that refuses such a call is asked once more with it', async () => {
  await start('id: google, models: [gem]');
  upstream.script((request) => {
    const signed = valuesOf(bodyOf(request), 'thoughtSignature').length > 0;
    return signed ? request.json(200, GEMINI_ANSWER) : request.json(400, UNSIGNED);
  });
  expect(await ask('/v1beta/models/gem:generateContent', GEMINI_HISTORY)).toBe(200);
  expect(upstream.requests).toHaveLength(2);
});

it('a request whose calls are signed passes byte for byte', async () => {
  await start('id: google, models: [gemini-3-pro]');
  upstream.script((request) => request.json(200, GEMINI_ANSWER));
  const [question, , result] = GEMINI_HISTORY.contents;
  const call = { functionCall: { name: 'f', args: { at: '1.50' } } };
  const signed = { role: 'model', parts: [{ ...call, thoughtSignature: 's' }, call] };
  const body = { contents: [question, signed, result] };
  expect(await ask('/v1beta/models/gemini-3-pro:generateContent', body)).toBe(200);
  expect(upstream.requests[0]?.body.toString()).toBe(JSON.stringify(body));
});

const ELSEWHERE = 'functions.f:0';
const ANTHROPIC_ANSWER = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'm',
  content: [{ type: 'text', text: 'a' }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 1, output_tokens: 1 },
};
const messagesHistory = (model: string, id: string): object => ({
  model,
  max_tokens: 9,
  messages: [
    { role: 'user', content: 'q' },
    { role: 'assistant', content: [{ type: 'tool_use', id, name: 'f', input: { id } }] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: 'r' }] },
  ],
});

it('Claude gets ids that it takes, the same in the call and in its result', async () => {
  await start('id: anthropic, models: [claude-haiku-4-5]');
  upstream.script((request) => request.json(200, ANTHROPIC_ANSWER));
  expect(await ask('/v1/messages', messagesHistory('claude-haiku-4-5', ELSEWHERE))).toBe(200);
  const { messages } = bodyOf(upstream.requests[0]);
  const [id] = valuesOf(messages, 'tool_use_id');
  expect(id).toMatch(/^[a-zA-Z0-9_-]+$/);
  expect(valuesOf(messages, 'id')).toEqual([id, ELSEWHERE]);
});

it.each([
  ['Claude', 'claude-haiku-4-5', 'toolu_01'],
  ['another server of its format, whose own ids they may be', 'kimi', ELSEWHERE],
])('what fits %s passes byte for byte', async (_who, model, id) => {
  await start(`id: box, dialect: anthropic-messages, models: [${model}]`);
  upstream.script((request) => request.json(200, ANTHROPIC_ANSWER));
  const history = messagesHistory(model, id);
  expect(await ask('/v1/messages', history)).toBe(200);
  expect(upstream.requests[0]?.body.toString()).toBe(JSON.stringify(history));
});

const chatHistory = (model: string, id: string): object => ({
  model,
  messages: [
    { role: 'user', content: 'q' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id, type: 'function', function: { name: 'f', arguments: '{}' } }],
    },
    { role: 'tool', tool_call_id: id, content: 'r' },
  ],
});

it.each([
  ['mistral', 'call_Ab3dEf6hIj9kLmNoPqRsTuVw', /^[a-zA-Z0-9]{9}$/],
  ['openai', `chatcmpl-tool-${'0'.repeat(32)}`, /^[a-zA-Z0-9]{24}$/],
])('%s gets ids of the length it takes', async (provider, id, shape) => {
  await start(`id: ${provider}, models: [m]`);
  upstream.script((request) => request.json(200, ANSWER));
  expect(await ask('/v1/chat/completions', chatHistory('m', id))).toBe(200);
  const { messages } = bodyOf(upstream.requests[0]);
  const sent = valuesOf(messages, 'tool_call_id');
  expect(sent).toEqual([expect.stringMatching(shape)]);
  expect(valuesOf(messages, 'id')).toEqual(sent);
});

it.each([
  ['mistral', 'abcdefghi'],
  ['openai', 'call_Ab3dEf6hIj9kLmNoPqRsTuVw'],
  ['custom', `chatcmpl-tool-${'0'.repeat(32)}`],
])('%s keeps the ids that it takes', async (provider, id) => {
  await start(`id: ${provider}, models: [m]${provider === 'custom' ? ', dialect: openai-chat' : ''}`);
  upstream.script((request) => request.json(200, ANSWER));
  expect(await ask('/v1/chat/completions', chatHistory('m', id))).toBe(200);
  expect(upstream.requests[0]?.body.toString()).toContain(`"tool_call_id":"${id}"`);
});

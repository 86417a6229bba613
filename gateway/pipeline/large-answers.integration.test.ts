/** Answers too large to be held are passed on as they come, and what they cost is known all the same. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER } from '../testing/openai-wire.ts';
import { KEY_ONE, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway;

beforeEach(async () => {
  upstream = await startFakeUpstream();
  const box = (dialect: string) => ({
    ...{ id: dialect, dialect, base_url: upstream.url.replace(/\/v1$/, dialect === 'gemini' ? '' : '/v1') },
    ...{ allow_private_network: true, models: ['m'], keys: [{ id: 'a', value: KEY_ONE }] },
  });
  gateway = await startTestGateway(
    JSON.stringify({
      providers: ['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini'].map(box),
      prices: [{ model: '*/m', input: 1, output: 10 }],
    }),
    { limits: { answerBytes: 100_000 } },
  );
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

const PICTURE = 'iVBORw0KGgoA'.repeat(100_000);
const CONTENTS = { contents: [{ role: 'user', parts: [{ text: 'draw' }] }] };
const part = { inlineData: { mimeType: 'image/png', data: PICTURE } };

it.each<readonly [string, string, object, object]>([
  [
    'of a chat',
    '/v1/chat/completions',
    { model: 'openai-chat/m', messages: [{ role: 'user', content: 'draw' }] },
    {
      ...{ id: 'c', object: 'chat.completion', model: 'm' },
      choices: [{ ...ANSWER.choices[0], message: { role: 'assistant', content: PICTURE } }],
      usage: { prompt_tokens: 100, completion_tokens: 1_000, completion_tokens_details: { audio_tokens: 0 } },
    },
  ],
  [
    "of Gemini's chat",
    '/v1beta/models/gemini%2Fm:generateContent',
    CONTENTS,
    {
      candidates: [{ content: { role: 'model', parts: [part] }, finishReason: 'STOP' }],
      usageMetadata: { promptTokenCount: 100, candidatesTokenCount: 1_000, totalTokenCount: 1_100 },
    },
  ],
  [
    'of Responses',
    '/v1/responses',
    { model: 'openai-responses/m', input: 'draw' },
    {
      ...{ id: 'r', object: 'response', model: 'm', status: 'completed' },
      output: [{ id: 'i', type: 'image_generation_call', status: 'completed', result: PICTURE }],
      tools: [{ type: 'function', name: 'f', parameters: { properties: { usage: { type: 'object' } } } }],
      usage: {
        ...{ input_tokens: 100, input_tokens_details: { cached_tokens: 0 } },
        ...{ output_tokens: 1_000, output_tokens_details: { reasoning_tokens: 0 }, total_tokens: 1_100 },
      },
      user: null,
    },
  ],
  [
    'of Messages',
    '/v1/messages',
    {
      model: 'anthropic-messages/m',
      max_tokens: 9_000,
      messages: [{ role: 'user', content: 'draw' }],
    },
    {
      ...{ id: 'a', type: 'message', role: 'assistant', model: 'm', stop_reason: 'end_turn' },
      content: [{ type: 'text', text: PICTURE }],
      usage: {
        ...{ input_tokens: 100, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 },
        ...{ output_tokens: 1_000, server_tool_use: null },
      },
    },
  ],
  [
    'of images',
    '/v1/images/generations',
    { model: 'openai-chat/m', prompt: 'draw' },
    {
      ...{ created: 1, data: [{ b64_json: PICTURE }] },
      usage: { total_tokens: 1_100, input_tokens: 100, output_tokens: 1_000 },
    },
  ],
])('%s', async (_name, path, body, answer) => {
  upstream.script((request) => request.json(200, answer));
  const got = await fetch(`${gateway.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(await got.json()).toEqual(answer);
  await expect.poll(async () => (await gateway.rows(1))[0]?.cost ?? null, { timeout: 10_000 }).not.toBeNull();
  expect((await gateway.rows(1))[0]).toMatchObject({
    ...{ outcome: 'ok', tokensEstimated: false, tokens: { input: 100, output: 1_000 } },
    cost: 100 * 1e6 + 1_000 * 1e7,
  });
});

/** Clients of OpenAI Responses that refer to items of earlier answers: what the AI SDK does unless told not to store. */
import { createOpenAI } from '@ai-sdk/openai';
import { generateText, jsonSchema, stepCountIs, tool } from 'ai';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isArray, isObject } from '../core/json.ts';
import { startFakeUpstream, type FakeRequest, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER } from '../testing/openai-wire.ts';
import { KEY_ONE, providerYaml, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

const CALL = {
  ...ANSWER,
  choices: [
    {
      index: 0,
      message: {
        role: 'assistant',
        content: 'Let me look.',
        tool_calls: [
          { id: 'call_1', type: 'function', function: { name: 'look', arguments: '{"at":"sky"}' } },
        ],
      },
      finish_reason: 'tool_calls',
    },
  ],
};

let upstream: FakeUpstream;
let gateway: TestGateway;
beforeEach(async () => {
  upstream = await startFakeUpstream();
  const box = providerYaml('box', upstream.url, [KEY_ONE]);
  const native = providerYaml('native', upstream.url, [KEY_ONE]).replace('openai-chat', 'openai-responses');
  gateway = await startTestGateway(`providers:\n${box}${native}`);
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

function messagesOf(request: FakeRequest | undefined): readonly unknown[] {
  const body: unknown = JSON.parse(request?.body.toString() ?? 'null');
  return isObject(body) && isArray(body['messages']) ? body['messages'] : [];
}

it('a tool loop of the AI SDK in its default mode goes on with everything that was said', async () => {
  upstream.script((request) => request.json(200, messagesOf(request).length === 1 ? CALL : ANSWER));
  const openai = createOpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'any' });
  const { text } = await generateText({
    model: openai.responses('box/m'),
    prompt: 'look up',
    stopWhen: stepCountIs(3),
    tools: {
      look: tool({
        description: 'Looks.',
        inputSchema: jsonSchema<{ at: string }>({ type: 'object', properties: { at: { type: 'string' } } }),
        execute: () => Promise.resolve('blue'),
      }),
    },
  });
  expect(text).toBe('hello');
  expect(messagesOf(upstream.requests[1])).toMatchObject([
    { role: 'user' },
    { role: 'assistant', content: 'Let me look.', tool_calls: [{ id: 'call_1' }] },
    { role: 'tool', tool_call_id: 'call_1', content: 'blue' },
  ]);
});

it('what is not held is named, with what to do', async () => {
  const answer = await fetch(`${gateway.url}/v1/responses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'box/m', input: [{ type: 'item_reference', id: 'msg_gone' }] }),
  });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({
    error: { code: 'unsupported_feature', param: 'input[0]', message: expect.stringContaining('"store"') },
  });
  expect(upstream.requests).toHaveLength(0);
});

it('OpenAI gets the items that it never saw, and references to its own as they are', async () => {
  upstream.script((request) => request.json(200, CALL));
  const post = (model: string, input: readonly unknown[]): Promise<Response> =>
    fetch(`${gateway.url}/v1/responses`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model, input }),
    });
  const first: unknown = await (await post('box/m', [{ role: 'user', content: 'look up' }])).json();
  const output = isObject(first) && isArray(first['output']) ? first['output'].filter(isObject) : [];
  const references = output.map(({ id }) => ({ type: 'item_reference', id }));
  const theirs = { type: 'item_reference', id: 'msg_theirs' };
  const result = { type: 'function_call_output', call_id: 'call_1', output: 'blue' };
  await post('native/m', [...references, theirs, result]);
  const sent: unknown = JSON.parse(upstream.requests.at(-1)?.body.toString() ?? '');
  const input = isObject(sent) && isArray(sent['input']) ? sent['input'] : [];
  expect(input).toMatchObject([
    { type: 'message' },
    { type: 'function_call', call_id: 'call_1' },
    theirs,
    result,
  ]);
  expect(JSON.stringify(input)).not.toContain(String(references[0]?.id));
});

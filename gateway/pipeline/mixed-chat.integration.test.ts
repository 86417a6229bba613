/** Cursor sends what Responses takes to the address of chat; a provider of chat must get chat all the same. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { KEY_ONE, providerYaml, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway;
beforeEach(async () => {
  upstream = await startFakeUpstream();
  gateway = await startTestGateway(`providers:\n${providerYaml('box', upstream.url, [KEY_ONE])}`);
  upstream.script((request) =>
    request.json(200, {
      id: 'c',
      object: 'chat.completion',
      model: 'm',
      choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
    }),
  );
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

async function post(body: object): Promise<{ readonly sent: unknown; readonly status: number }> {
  const answer = await fetch(`${gateway.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'box/m', ...body }),
  });
  expect(await answer.json()).toMatchObject({ choices: [{ message: { content: 'Hello' } }] });
  return { sent: JSON.parse(upstream.requests.at(-1)?.body.toString() ?? 'null'), status: answer.status };
}

const parameters = { type: 'object', properties: {} };
const nested = { type: 'function', function: { name: 'look', description: 'd', parameters } };

it('an input instead of messages', async () => {
  const { sent } = await post({
    input: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'input_text', text: 'Hi' }] },
    ],
  });
  expect(sent).toMatchObject({
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hi' },
    ],
  });
  expect(sent).not.toHaveProperty('input');
});

it.each([
  ['Responses', { type: 'function', name: 'look', description: 'd', parameters }],
  ['Anthropic', { name: 'look', description: 'd', input_schema: parameters }],
])('tools as %s has them', async (_name, tool) => {
  const { sent } = await post({ messages: [{ role: 'user', content: 'Hi' }], tools: [tool] });
  expect(sent).toMatchObject({ tools: [nested] });
});

it.each([
  ['with tools as Anthropic has them', [{ name: 'look', description: 'd', input_schema: parameters }]],
  ['with tools as chat has them', [nested]],
])('calls and results as Anthropic has them, %s', async (_name, tools) => {
  const { sent } = await post({
    messages: [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: [{ type: 'tool_use', id: 't1', name: 'look', input: { at: 'a' } }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't1', content: 'found' }] },
    ],
    tools,
    tool_choice: { type: 'auto' },
  });
  expect(sent).toMatchObject({
    messages: [
      { role: 'user', content: 'Hi' },
      {
        role: 'assistant',
        tool_calls: [{ id: 't1', type: 'function', function: { name: 'look', arguments: '{"at":"a"}' } }],
      },
      { role: 'tool', tool_call_id: 't1', content: 'found' },
    ],
    tools: [nested],
    tool_choice: 'auto',
  });
});

it('anything else passes byte by byte', async () => {
  const messages = [{ role: 'user', content: 'Hi', odd: 1 }];
  const tools = [nested, { type: 'browser_search' }];
  expect((await post({ messages, tools, input: 'x' })).sent).toEqual({
    model: 'm',
    ...{ messages, tools, input: 'x' },
  });
  const own = [{ type: 'browser_search' }];
  expect((await post({ messages, tools: own })).sent).toEqual({ model: 'm', messages, tools: own });
});

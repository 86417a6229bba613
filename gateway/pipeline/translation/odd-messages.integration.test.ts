/** What is legal, or nearly so, and rarely seen: between a client of one format and a provider of another. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../../testing/fake-upstream.ts';
import { isArray, isObject } from '../../core/json.ts';
import { ANSWER } from '../../testing/openai-wire.ts';
import { KEY_ONE, providerYaml, startTestGateway, type TestGateway } from '../../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway;
beforeEach(async () => {
  upstream = await startFakeUpstream();
  const chat = providerYaml('box', upstream.url, [KEY_ONE]);
  const responses = providerYaml('resp', upstream.url, [KEY_ONE]).replace('openai-chat', 'openai-responses');
  gateway = await startTestGateway(`providers:\n${chat}${responses}`);
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

const ask = (content: string): Promise<Response> =>
  fetch(`${gateway.url}/v1/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'box/m', max_tokens: 9, messages: [{ role: 'user', content }] }),
  });

it('a conversation without a word is refused here and not sent', async () => {
  const answer = await ask('');
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ type: 'error', error: { type: 'invalid_request_error' } });
  expect(upstream.requests).toHaveLength(0);
});

it('an answer behind a byte order mark is an answer', async () => {
  upstream.script((request) =>
    request.respond(200, { 'content-type': 'application/json' }, `\uFEFF${JSON.stringify(ANSWER)}`),
  );
  const answer = await ask('hi');
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ content: [{ type: 'text', text: 'hello' }] });
});

it('thoughts that nobody signed are not taken from one provider to OpenAI, which would look for them', async () => {
  const message = { role: 'assistant', content: 'hello', reasoning_content: 'Hm.' };
  const choices = [{ index: 0, message, finish_reason: 'stop' }];
  upstream.script((request) => request.json(200, { ...ANSWER, choices }));
  const post = (model: string, input: readonly unknown[]): Promise<Response> =>
    fetch(`${gateway.url}/v1/responses`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model, store: false, input }),
    });
  const asked = { role: 'user', content: 'hi' };
  const first: unknown = await (await post('box/m', [asked])).json();
  const output = isObject(first) && isArray(first['output']) ? first['output'] : [];
  expect(output).toMatchObject([{ type: 'reasoning' }, { type: 'message' }]);
  await post('resp/m', [asked, ...output, asked]);
  const sent: unknown = JSON.parse(upstream.requests.at(-1)?.body.toString() ?? '');
  expect(sent).toMatchObject({ input: [asked, { type: 'message', role: 'assistant' }, asked] });
});

it('very many remarks on one request make no large row', async () => {
  upstream.script((request) => request.json(200, ANSWER));
  const tools = Array.from({ length: 2_000 }, (_, index) => ({
    name: `tool_${index % 1_000}`,
    input_schema: { type: 'object' },
  }));
  const answer = await fetch(`${gateway.url}/v1/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'box/m',
      max_tokens: 9,
      tools,
      messages: [{ role: 'user', content: 'hi' }],
    }),
  });
  expect(answer.status).toBe(200);
  const [row] = await gateway.rows(1);
  expect(row?.warnings).toHaveLength(100);
});

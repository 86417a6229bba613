/** Clients of OpenAI's chat bring back what an answer held; some providers of that very format refuse it. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isArray, isObject } from '../core/json.ts';
import { startFakeUpstream, type FakeRequest, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER } from '../testing/openai-wire.ts';
import { KEY_ONE, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway;
beforeEach(async () => {
  upstream = await startFakeUpstream();
  upstream.script((request) => request.json(200, ANSWER));
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

async function start(provider: string): Promise<void> {
  gateway = await startTestGateway(
    `providers:\n  - { id: ${provider}, base_url: "${upstream.url}", allow_private_network: true, models: [gpt-oss-120b], keys: [{ id: k1, value: ${KEY_ONE} }] }\n`,
  );
}

function messagesOf(request: FakeRequest | undefined): readonly unknown[] {
  const body: unknown = JSON.parse(request?.body.toString() ?? 'null');
  return isObject(body) && isArray(body['messages']) ? body['messages'] : [];
}

const question = { role: 'user', content: 'q' };
const asked = (message: object): object => ({
  model: 'gpt-oss-120b',
  messages: [question, { role: 'assistant', content: 'a', ...message }, question],
});

it.each(['groq', 'cerebras', 'mistral'])('%s is not sent reasoning it refuses', async (provider) => {
  await start(provider);
  const details = [{ type: 'reasoning.text', text: 'Hm.' }];
  const answer = await gateway.chat(asked({ reasoning_content: 'Hm.', reasoning_details: details }));
  expect(answer.status).toBe(200);
  expect(messagesOf(upstream.requests[0])).toEqual([question, { role: 'assistant', content: 'a' }, question]);
  const [row] = await gateway.rows(1);
  expect(JSON.stringify(row)).toContain('Earlier reasoning is not taken');
});

it.each(['groq', 'cerebras'])('%s gets its own reasoning back, byte for byte', async (provider) => {
  await start(provider);
  const request = asked({ reasoning: 'Hm.' });
  expect((await gateway.chat(request)).status).toBe(200);
  expect(upstream.requests[0]?.body.toString()).toBe(JSON.stringify(request));
});

it('Mistral is sent nothing else that answers of others hold', async () => {
  await start('mistral');
  await gateway.chat(asked({ refusal: null, annotations: [], audio: null }));
  expect(messagesOf(upstream.requests[0])[1]).toEqual({ role: 'assistant', content: 'a' });
  await gateway.chat(asked({ content: null, refusal: 'No.' }));
  expect(messagesOf(upstream.requests[1])[1]).toEqual({ role: 'assistant', content: 'No.' });
  const rows = await gateway.rows(2);
  expect(JSON.stringify(rows)).not.toContain('Earlier reasoning');
});

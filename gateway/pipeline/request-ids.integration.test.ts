/** The id that programs quote when they ask what happened to a request. */
import Anthropic from '@anthropic-ai/sdk';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER } from '../testing/openai-wire.ts';
import { KEY_ONE, providerYaml, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway;
beforeEach(async () => {
  upstream = await startFakeUpstream();
  gateway = await startTestGateway(`providers:\n${providerYaml('box', upstream.url, [KEY_ONE])}`);
  upstream.script((request) => request.json(200, ANSWER));
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

it("a translated answer has the gateway's id where Anthropic's SDK looks for it", async () => {
  const client = new Anthropic({ baseURL: gateway.url, apiKey: 'any', maxRetries: 0 });
  const message = await client.messages.create({
    model: 'box/m',
    max_tokens: 10,
    messages: [{ role: 'user', content: 'hi' }],
  });
  const [row] = await gateway.rows(1);
  expect(message._request_id).toBe(row?.id);
});

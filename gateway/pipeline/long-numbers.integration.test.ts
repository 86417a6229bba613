/** Whole numbers that no double can hold keep their digits, also where a body had to be read. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { wrapSignature } from '../core/canonical/signature.ts';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER } from '../testing/openai-wire.ts';
import { KEY_ONE, providerYaml, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

const LONG = '1234567890123456789';

let upstream: FakeUpstream;
let gateway: TestGateway;

beforeEach(async () => {
  upstream = await startFakeUpstream();
  upstream.script((request) => request.json(200, ANSWER));
  gateway = await startTestGateway(`providers:\n${providerYaml('one', upstream.url, [KEY_ONE])}`);
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

async function ask(path: string, body: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${gateway.url}${path}`, { method: 'POST', headers, body });
  await answer.text();
  expect(answer.status).toBe(200);
  return upstream.requests[0]?.body.toString() ?? '';
}

it('in a request that is passed on without the reasoning of others', async () => {
  const proof = wrapSignature({ format: 'openai', value: 'x', id: null, origin: null });
  const details = `"reasoning_details":[{"type":"reasoning.encrypted","data":"${proof}"}]`;
  const said = `{"role":"assistant","content":"a",${details}},{"role":"user","content":"b"}`;
  const sent = await ask('/v1/chat/completions', `{"model":"m","seed":${LONG},"messages":[${said}]}`);
  expect(sent).not.toContain('reasoning_details');
  expect(sent).toContain(`"seed":${LONG}`);
});

it("in arguments that Ollama's clients bring back", async () => {
  const called = `"tool_calls":[{"function":{"name":"f","arguments":{"id":${LONG}}}}]`;
  const messages = `{"role":"assistant","content":"",${called}},{"role":"tool","tool_name":"f","content":"1"}`;
  expect(await ask('/api/chat', `{"model":"m","stream":false,"messages":[${messages}]}`)).toContain(LONG);
});

it("in results that Gemini's clients bring back", async () => {
  const call = `{"role":"model","parts":[{"functionCall":{"name":"f","args":{}}}]}`;
  const response = `{"functionResponse":{"name":"f","response":{"id":${LONG},"in":{"id":${LONG}}}}}`;
  const sent = await ask(
    '/v1beta/models/m:generateContent',
    `{"contents":[${call},{"role":"user","parts":[${response}]}]}`,
  );
  expect(sent.split(LONG)).toHaveLength(3);
});

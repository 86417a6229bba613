/** Names that a vendor takes though its list has them longer: where they go, as what, and what they cost. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER } from '../testing/openai-wire.ts';
import { KEY_ONE, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway;

beforeAll(async () => {
  upstream = await startFakeUpstream();
  upstream.script((request) => request.json(200, ANSWER));
  const at = `base_url: "${upstream.url}", allow_private_network: true`;
  gateway = await startTestGateway(`providers:
  - { id: one, dialect: openai-chat, ${at}, models: [m-20250929, plain], keys: [{ id: a, value: ${KEY_ONE} }] }
  - { id: ollama, ${at}, models: ["llama3.2:latest"] }
prices: [{ model: one/m-20250929, input: 3, output: 15 }, { model: one/m-latest, input: 1, output: 2 }]
`);
});
afterAll(async () => {
  await gateway.stop();
  await upstream.close();
});

it.each([
  ['one/m', 'm', 'one/m-20250929'],
  ['m', 'm', 'one/m-20250929'],
  // A price of the very name comes first.
  ['one/m-latest', 'm-latest', 'one/m-latest'],
  ['ollama/llama3.2', 'llama3.2', ''],
])('%s is sent as %s', async (asked, sent, price) => {
  const answer = await gateway.chat({ model: asked, messages: [{ role: 'user', content: 'hi' }] });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('x-switchyard-model')).toBe(sent);
  expect(JSON.parse(upstream.requests.at(-1)?.body.toString() ?? '')).toMatchObject({ model: sent });
  await answer.text();
  const [provider] = asked === 'm' ? ['one'] : asked.split('/');
  expect(await gateway.call('prices.of', { model: `${provider}/${sent}` })).toMatchObject({
    data: { rows: [price === '' ? { source: 'free' } : { source: 'override', name: price }] },
  });
});

it('no other name is taken for it', async () => {
  const answer = await gateway.chat({ model: 'one/pla', messages: [] });
  expect([answer.status, await answer.json()]).toMatchObject([404, { error: { code: 'model_not_found' } }]);
});

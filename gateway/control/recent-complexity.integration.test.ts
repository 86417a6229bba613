import { afterEach, beforeEach, expect, it } from 'vitest';
import { ANSWER } from '../testing/openai-wire.ts';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { KEY_ONE, providerYaml, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

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

const start = async (more = ''): Promise<void> => {
  gateway = await startTestGateway(`${more}providers:\n${providerYaml('one', upstream.url, [KEY_ONE])}`);
};
const ask = (content: string) =>
  gateway.chat({ model: 'one/m', messages: [{ role: 'user', content }] }).then((answer) => answer.text());
const recent = () => gateway.gateway.control.handlers['complexity.recent']({});

it('tells of the last requests how strong each feature is, the newest first; broken ones are left out', async () => {
  await start();
  expect(await recent()).toEqual({ requests: [], looked: 0 });
  await ask('Hello');
  await ask('```ts\nconst a = 1;\n```\nProve step by step why this is a constant.');
  await gateway.chat('{"model": "one/m", "messages": 1}').then((answer) => answer.text());
  await gateway.rows(3);
  const { requests, looked } = await recent();
  expect(looked).toBe(3);
  const [hard, easy, ...none] = requests.slice(-2);
  expect(none).toEqual([]);
  expect(hard?.code).toBeGreaterThan(0);
  expect(hard?.reasoning).toBeGreaterThan(0);
  expect(easy).toMatchObject({ code: 0, reasoning: 0 });
});

it('has nothing to tell where the log keeps no bodies', async () => {
  await start('requests: { bodies: metadata }\n');
  await ask('Hello');
  await gateway.rows(1);
  expect(await recent()).toEqual({ requests: [], looked: 1 });
});

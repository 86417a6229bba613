/** A shorter name waits for the lists of other providers, and only while there is something to wait for. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeUpstream, type FakeRequest, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER } from '../testing/openai-wire.ts';
import { KEY_ONE, KEY_TWO, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway | undefined;
/** What the second provider does when asked for its list. */
let list: (request: FakeRequest) => void | Promise<void>;

beforeEach(async () => {
  upstream = await startFakeUpstream({ scriptLists: true });
  upstream.script((request) =>
    request.path.endsWith('/models') ? list(request) : request.json(200, ANSWER),
  );
});
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
  await upstream.close();
});

async function start(): Promise<TestGateway> {
  const at = `dialect: openai-chat, base_url: "${upstream.url}", allow_private_network: true`;
  gateway = await startTestGateway(`providers:
  - { id: vendor, ${at}, models: [m-20250929], keys: [{ id: a, value: ${KEY_ONE} }] }
  - { id: box, ${at}, keys: [{ id: b, value: ${KEY_TWO} }] }
models:
  - { id: best, targets: [{ model: m }, { model: vendor/m-20250929 }] }
  - { id: only, targets: [{ model: m }] }
`);
  return gateway;
}

/** Which provider answers, and as what. */
async function wayOf(model: string, { chat }: TestGateway): Promise<readonly unknown[]> {
  const { status, headers } = await chat({ model, messages: [{ role: 'user', content: 'hi' }] });
  return [status, headers.get('x-switchyard-provider'), headers.get('x-switchyard-model')];
}

it.each([
  ['cannot be read', (request: FakeRequest) => request.json(500, { error: { message: 'out of order' } })],
  ['is not let out', (request: FakeRequest) => request.json(401, { error: { message: 'no such key' } })],
  ['is empty', (request: FakeRequest) => request.json(200, { object: 'list', data: [] })],
])('a list that %s is not waited for', async (_, answer) => {
  list = answer;
  const started = await start();
  expect(await wayOf('m', started)).toEqual([200, 'vendor', 'm']);
  expect(await wayOf('best', started)).toEqual([200, 'vendor', 'm']);
});

it.each(['m', 'only'])('a list under way may hold the very name, and is waited for: %s', async (model) => {
  const asked = Promise.withResolvers<undefined>();
  const may = Promise.withResolvers<undefined>();
  list = async (request) => {
    asked.resolve(undefined);
    await may.promise;
    request.json(200, { object: 'list', data: [{ id: 'm' }] });
  };
  const started = await start();
  const way = wayOf(model, started);
  await asked.promise;
  // By now the first would have been answered too, had it not waited.
  expect(await wayOf('vendor/m', started)).toEqual([200, 'vendor', 'm']);
  may.resolve(undefined);
  expect(await way).toEqual([200, 'box', 'm']);
});

/** A request that waits for room is told when a key that cooled may be asked again. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeUpstream, type FakeRequest, type FakeUpstream } from '../testing/fake-upstream.ts';
import { bad, good } from '../testing/key-faults.ts';
import { ASK } from '../testing/openai-wire.ts';
import { KEY_ONE, KEY_TWO, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway | undefined;
beforeEach(async () => {
  upstream = await startFakeUpstream();
});
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
  await upstream.close();
});

const usesTwo = ({ headers }: FakeRequest): boolean => headers['authorization'] === `Bearer ${KEY_TWO}`;

/** `one` takes one request at a time, with `KEY_ONE`; what takes `KEY_TWO` is limited with the first request. */
async function start(providers: string, queue: number, rest: string): Promise<TestGateway> {
  gateway = await startTestGateway(
    `models: [{ id: either, targets: [{ model: one/m }, { model: two/m }] }]\nproviders:\n${providers}`,
    { limits: { queue } },
  );
  upstream.script((request) =>
    usesTwo(request) ? bad(429, { message: 'slow' }, { 'retry-after-ms': rest })(request) : request.hang(),
  );
  return gateway;
}

const provider = (id: string, keys: string): string =>
  `  - { id: ${id}, dialect: openai-chat, base_url: "${upstream.url}", allow_private_network: true, models: [m], strategy: priority, keys: [${keys}] }\n`;
const ONE = `{ id: k1, value: ${KEY_ONE}, max_concurrency: 1 }`;
const TWO = `{ id: k2, value: ${KEY_TWO} }`;

/** The full place is taken by a request that is never answered. */
async function fill({ chat }: TestGateway, model: string): Promise<void> {
  void chat({ ...ASK, model }).catch(() => undefined);
  await expect.poll(() => upstream.requests.filter((one) => !usesTwo(one)).length).toBe(1);
}

const waiting = ({ call }: TestGateway) =>
  expect.poll(() => call('gateway.status'), { timeout: 10_000 }).toMatchObject({ data: { inFlight: 2 } });

it('another key of the same provider', async () => {
  const running = await start(provider('one', `${TWO}, ${ONE}`), 10_000, '1000');
  await fill(running, 'one/m');
  upstream.script(good);
  const answer = await running.chat({ ...ASK, model: 'one/m' });
  expect(answer.status).toBe(200);
  const [row] = await running.rows(1);
  expect(row?.attempts).toMatchObject([{ keyId: 'k2', why: 'probe', result: 'ok' }]);
});

it.each([
  ['behind', 'one', 'two'],
  ['before', 'two', 'one'],
])('the target %s it', async (_where, full, resting) => {
  const running = await start(provider(full, ONE) + provider(resting, TWO), 10_000, '1000');
  await fill(running, `${full}/m`);
  expect((await running.chat({ ...ASK, model: `${resting}/m` })).status).toBe(429);
  upstream.script(good);
  expect((await running.chat({ ...ASK, model: 'either' })).status).toBe(200);
});

it('a rest that the user ends is seen when the time is over at the latest', async () => {
  const running = await start(provider('one', `${TWO}, ${ONE}`), 1_500, '3600000');
  await fill(running, 'one/m');
  upstream.script(good);
  const answer = running.chat({ ...ASK, model: 'one/m' });
  await waiting(running);
  await running.call('keys.clear', { provider: 'one', id: 'k2' });
  expect((await answer).status).toBe(200);
});

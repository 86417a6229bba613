import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER, ASK } from '../testing/openai-wire.ts';
import {
  KEY_ONE,
  KEY_TWO,
  providerYaml,
  startTestGateway,
  type TestGateway,
} from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway;
/** Keys that the upstream does not know. */
let revoked: readonly string[];
/** How its list answers somebody without a key. */
let openList: boolean;

beforeEach(async () => {
  upstream = await startFakeUpstream({ scriptLists: true });
  revoked = [KEY_ONE];
  openList = false;
  upstream.script((request) => {
    const key = (request.headers['authorization'] ?? '').slice('Bearer '.length);
    const refuse = (): void => request.json(401, { error: { message: 'Incorrect API key' } });
    if (request.method === 'POST') return revoked.includes(key) ? refuse() : request.json(200, ANSWER);
    if (key === '' ? openList : !revoked.includes(key)) return request.json(200, { data: [{ id: 'm' }] });
    return refuse();
  });
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

async function start(): Promise<void> {
  gateway = await startTestGateway(
    `routing: { health_check_interval: 150ms }\nproviders:\n${providerYaml('one', upstream.url, [KEY_ONE, KEY_TWO], ', strategy: priority')}`,
  );
  expect((await gateway.chat(ASK)).status).toBe(200);
}

const firstKey = async (): Promise<unknown> => {
  const answer = await gateway.call('providers.list');
  return answer.ok && Array.isArray(answer.data) ? answer.data[0]?.keys?.[0] : undefined;
};
const chats = (): number => upstream.requests.filter(({ method }) => method === 'POST').length;

it('a key that was refused comes back by itself once its provider takes it, and no request finds out', async () => {
  await start();
  await expect.poll(firstKey).toMatchObject({
    state: 'cooling',
    reason: 'key_rejected',
    probe: { result: 'refused', verdict: 'still-cooling' },
  });
  revoked = [];
  await expect.poll(firstKey).toMatchObject({
    state: 'ready',
    reason: null,
    probe: { result: 'works', verdict: 'reactivated' },
  });
  expect(chats()).toBe(2);
});

it('a list that anybody may read proves nothing, and the key says so', async () => {
  openList = true;
  revoked = [KEY_ONE];
  await start();
  revoked = [];
  await expect.poll(firstKey).toMatchObject({
    state: 'cooling',
    probe: { result: 'cannot-tell', verdict: 'cannot-tell' },
  });
});

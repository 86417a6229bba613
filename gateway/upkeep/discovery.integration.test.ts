/** When model lists are read again, against a whole gateway. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { KEY_ONE, KEY_TWO, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway;
beforeEach(async () => {
  upstream = await startFakeUpstream({ scriptLists: true });
  upstream.script((request) =>
    request.headers['authorization'] === `Bearer ${KEY_TWO}`
      ? request.json(200, { object: 'list', data: [{ id: 'm-1' }, { id: 'm-2' }] })
      : request.json(401, { error: { message: 'Incorrect API key provided' } }),
  );
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

it('a list that a refused key did not get is read again with the key that takes its place', async () => {
  gateway = await startTestGateway('');
  const { handlers } = gateway.gateway.control;
  const list = async () =>
    (await handlers['models.list']({})).lists.find(({ provider }) => provider === 'one');
  await handlers['providers.add']({ id: 'one', baseUrl: upstream.url, allowPrivateNetwork: true });
  const wrong = await handlers['keys.add']({
    provider: 'one',
    value: KEY_ONE,
    label: '',
    weight: 1,
    rpm: 0,
    tpm: 0,
    maxConcurrency: 0,
  });
  await expect.poll(async () => (await list())?.state).toBe('failed');
  await handlers['keys.remove']({ provider: 'one', id: wrong.key.id });
  await handlers['keys.add']({
    provider: 'one',
    value: KEY_TWO,
    label: '',
    weight: 1,
    rpm: 0,
    tpm: 0,
    maxConcurrency: 0,
  });
  await expect.poll(async () => (await list())?.count).toBe(2);
});

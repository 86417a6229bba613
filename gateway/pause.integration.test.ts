/** Pausing: tools are refused in their own dialect, what runs goes on, the control plane stays. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EventMessage } from '../contract/rpc/events.ts';
import { startFakeUpstream, type FakeUpstream } from './testing/fake-upstream.ts';
import { ANSWER, ASK } from './testing/openai-wire.ts';
import { KEY_ONE, startTestGateway, type TestGateway } from './testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway;
beforeEach(async () => {
  upstream = await startFakeUpstream();
  upstream.script((request) => request.json(200, ANSWER));
  gateway = await startTestGateway(
    `providers: [{ id: one, dialect: openai-chat, base_url: ${upstream.url}, allow_private_network: true, keys: [{ id: k1, value: ${KEY_ONE} }] }]`,
  );
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

const pause = (paused: boolean) => gateway.call('gateway.pause', { paused });
const statusOf = async (path: string): Promise<number> => (await fetch(gateway.url + path)).status;

it('refuses every route of the data plane, unknown ones too, and asks nobody', async () => {
  expect(await pause(true)).toMatchObject({ ok: true, data: { state: 'paused' } });
  const refused = await gateway.chat(ASK);
  expect([refused.status, refused.headers.get('x-should-retry'), refused.headers.get('retry-after')]).toEqual(
    [503, 'false', null],
  );
  expect(await refused.json()).toEqual({
    error: {
      message:
        'The gateway is paused and sends nothing to any provider. Resume it in the tray menu or on the Overview page of its interface.',
      type: 'server_error',
      param: null,
      code: 'paused',
    },
  });
  expect(await statusOf('/v1/models')).toBe(503);
  expect(await statusOf('/v1/no-such-thing')).toBe(503);
  expect(upstream.requests.filter(({ path }) => path.endsWith('/chat/completions'))).toEqual([]);
});

it('stays healthy but is not ready, and is both again when resumed', async () => {
  await pause(true);
  expect([await statusOf('/health'), await statusOf('/ready')]).toEqual([200, 503]);
  expect(await pause(false)).toMatchObject({ ok: true, data: { state: 'running' } });
  expect([await statusOf('/health'), await statusOf('/ready')]).toEqual([200, 200]);
  expect((await gateway.chat(ASK)).status).toBe(200);
});

it('lets what is under way come to its end', async () => {
  let answer = (): void => undefined;
  const arrived = new Promise<void>((resolve) => {
    upstream.script((request) => {
      answer = () => request.json(200, ANSWER);
      resolve();
    });
  });
  const running = gateway.chat(ASK);
  await arrived;
  await pause(true);
  answer();
  expect((await running).status).toBe(200);
});

it('tells who listens, and keeps the control plane open', async () => {
  const heard: EventMessage[] = [];
  const subscription = gateway.gateway.control.subscribe(['gateway.changed'], (message) => {
    heard.push(message);
    return true;
  });
  await pause(true);
  await expect
    .poll(() => heard.map((message) => (message.topic === 'gateway.changed' ? message.data.state : null)))
    .toContain('paused');
  expect(await gateway.call('providers.list')).toMatchObject({ ok: true });
  subscription.close();
});

/** The secret store is slow, hangs, fails and comes back: the gateway listens, waits for what it needs, and says why. */
import { englishOf } from '../testing/english-of.ts';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ANSWER } from '../testing/openai-wire.ts';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { createScriptedSecrets, type ScriptedSecrets } from '../testing/scripted-secrets.ts';
import { KEY_ONE, KEY_TWO, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway | undefined;
let secrets: ScriptedSecrets;

beforeEach(async () => {
  upstream = await startFakeUpstream();
  upstream.script((request) => request.json(200, ANSWER));
  secrets = createScriptedSecrets({ 'one/k1': KEY_ONE, 'two/k2': KEY_TWO });
});
afterEach(async () => {
  secrets.work();
  await gateway?.stop();
  gateway = undefined;
  await upstream.close();
});

async function start(more = '', keyWait = 300): Promise<TestGateway> {
  const provider = (id: string, key: string): string =>
    `  - { id: ${id}, dialect: openai-chat, base_url: "${upstream.url}", allow_private_network: true, models: [m], keys: [${key}] }\n`;
  const yaml = `providers:\n${provider('one', '{ id: k1 }')}${more === '' ? '' : provider('two', more)}models: [{ id: both, targets: [{ model: one/m }, { model: two/m }] }]\n`;
  gateway = await startTestGateway(yaml, { secrets, limits: { keyWait } });
  return gateway;
}

const ask = (model: string) => ({ model, messages: [{ role: 'user', content: 'hello' }] });

it('listens while the store hangs, and a request waits for the key it needs', async () => {
  secrets.hang();
  gateway = await start('', 10_000);
  const waiting = gateway.chat(ask('one/m'));
  const health = await fetch(`${gateway.url}/health`);
  expect(health.status).toBe(200);
  expect(upstream.requests).toHaveLength(0);
  secrets.work();
  const answer = await waiting;
  expect(answer.status).toBe(200);
  expect(upstream.requests[0]?.headers['authorization']).toBe(`Bearer ${KEY_ONE}`);
});

it('gives up waiting for a store that goes on hanging, and says so', async () => {
  secrets.hang();
  const { chat } = await start();
  const answer = await chat(ask('one/m'));
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({
    error: {
      code: 'secrets_unavailable',
      message: expect.stringContaining('The keys of one cannot be read'),
    },
  });
});

it('a client that leaves ends the wait', async () => {
  secrets.hang();
  const { chat, call, rows } = await start('', 600_000);
  const leaving = new AbortController();
  const answer = chat(ask('one/m'), {}, leaving.signal);
  const underWay = async (): Promise<boolean> =>
    JSON.stringify(await call('gateway.status')).includes('"inFlight":1');
  while (!(await underWay())) await setImmediate();
  leaving.abort();
  await expect(answer).rejects.toThrow();
  expect(await rows(1)).toMatchObject([{ outcome: 'client-left', attempts: [] }]);
});

it('says what is wrong with the store, to clients and in the status, and recovers when it is told', async () => {
  secrets.fail('locked', 'The keyring is locked. Unlock it, then try again.');
  const { chat, call, gateway: engine } = await start();
  const refused = await chat(ask('one/m'));
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({
    error: {
      code: 'secrets_unavailable',
      message: 'The keys of one cannot be read. The keyring is locked. Unlock it, then try again.',
    },
  });
  expect(await call('gateway.status')).toMatchObject({
    data: { problems: [{ code: 'secrets_unavailable', message: expect.stringContaining('locked') }] },
  });
  expect(await call('providers.list')).toMatchObject({ data: [{ keys: [{ state: 'unavailable' }] }] });

  secrets.work();
  await engine.readSecrets();
  expect((await chat(ask('one/m'))).status).toBe(200);
  expect(await call('gateway.status')).toMatchObject({ data: { problems: [] } });
  expect(await call('providers.list')).toMatchObject({ data: [{ keys: [{ state: 'ready' }] }] });
});

it('goes to the next target where the first one’s keys cannot be read, and notes it', async () => {
  secrets.fail('unavailable', 'The store is gone.');
  const { chat, rows } = await start(`{ id: k2, value: ${KEY_TWO} }`);
  expect((await chat(ask('both'))).status).toBe(200);
  expect(upstream.requests[0]?.headers['authorization']).toBe(`Bearer ${KEY_TWO}`);
  const [row] = await rows(1);
  expect(englishOf(row?.warnings)).toEqual(['The keys of one cannot be read. The store is gone.']);
  expect(row?.attempts).toMatchObject([{ provider: 'two' }]);
});

it('does not wait for keys that come after one that can serve', async () => {
  secrets.hang();
  gateway = await startTestGateway(
    `providers:
  - { id: one, dialect: openai-chat, base_url: "${upstream.url}", allow_private_network: true, models: [m], keys: [{ id: given, value: ${KEY_TWO} }, { id: k1 }] }
`,
    { secrets },
  );
  expect((await gateway.chat(ask('one/m'))).status).toBe(200);
  expect(upstream.requests[0]?.headers['authorization']).toBe(`Bearer ${KEY_TWO}`);
});

it('loses nothing when a key is removed or added while the store fails', async () => {
  const { call, chat, gateway: engine } = await start();
  await engine.readSecrets();
  secrets.fail('locked', 'The keyring is locked.');
  expect(await call('keys.remove', { provider: 'one', id: 'k1' })).toMatchObject({
    ok: false,
    error: { code: 'unavailable', message: 'The keyring is locked.' },
  });
  expect(await call('keys.add', { provider: 'one', value: 'sk-test-three-000000003333' })).toMatchObject({
    ok: false,
    error: { code: 'unavailable', message: 'The keyring is locked.' },
  });
  expect(await call('providers.remove', { id: 'one' })).toMatchObject({
    ok: false,
    error: { code: 'unavailable', message: 'The keyring is locked.' },
  });
  expect(await call('providers.list')).toMatchObject({ data: [{ keys: [{ id: 'k1', state: 'ready' }] }] });
  expect((await chat(ask('one/m'))).status).toBe(200);
  secrets.work();
  expect(await secrets.get('one/k1')).toBe(KEY_ONE);
  expect(await call('keys.remove', { provider: 'one', id: 'k1' })).toMatchObject({ ok: true });
  await expect(secrets.get('one/k1')).rejects.toMatchObject({ problem: 'not-found' });
});

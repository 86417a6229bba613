/** The control plane against a whole gateway: providers and keys come, change and go, and requests follow at once. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventMessage } from '../../contract/rpc/events.ts';
import { createMemorySecrets, type SecretStore } from '../index.ts';
import { ANSWER, ASK } from '../testing/openai-wire.ts';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { KEY_ONE, KEY_TWO, memoryFile, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway | undefined;
let file: ReturnType<typeof memoryFile>;

beforeEach(async () => {
  upstream = await startFakeUpstream();
  upstream.script((request) => request.json(200, ANSWER));
});
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
  await upstream.close();
});

/** A store that keeps, as the sealed file does. */
const keeping = (): SecretStore => ({ ...createMemorySecrets(), kind: 'sealed' });

async function start(yaml: string | undefined, secrets: SecretStore = keeping()): Promise<TestGateway> {
  file = memoryFile(yaml);
  gateway = await startTestGateway('', { configFile: file, secrets });
  return gateway;
}

const custom = () => ({ id: 'one', baseUrl: upstream.url, allowPrivateNetwork: true });

/** The id of a key that was just added. */
function keyIdOf(answer: unknown): string {
  const id = /"id":"(k-[^"]+)"/.exec(JSON.stringify(answer))?.[1];
  if (id === undefined) throw new Error(`no key in ${JSON.stringify(answer)}`);
  return id;
}

describe('from nothing to the first answer', () => {
  it('adds a provider and a key, answers a request, and writes no secret into the file', async () => {
    const { call, chat } = await start('# my notes\nlogging: { level: info } # keep me\n');
    expect(await call('providers.add', custom())).toMatchObject({
      ok: true,
      data: { id: 'one', problem: null },
    });
    expect(
      await call('keys.add', { provider: 'one', value: `  ${KEY_ONE}\n`, label: 'main', weight: 2 }),
    ).toMatchObject({
      ok: true,
      data: {
        storage: 'stored',
        key: { fingerprint: '…1111', label: 'main', weight: 2, source: 'stored', state: 'ready' },
      },
    });
    expect((await chat(ASK)).status).toBe(200);
    expect(upstream.requests[0]?.headers['authorization']).toBe(`Bearer ${KEY_ONE}`);
    expect(file.text).toContain('# my notes');
    expect(file.text).toContain('# keep me');
    expect(file.text).not.toContain(KEY_ONE);
  });

  it('keeps a key in memory where no store can, and says so', async () => {
    const { call, chat } = await start(undefined, createMemorySecrets());
    await call('providers.add', custom());
    const added = await call('keys.add', { provider: 'one', value: KEY_ONE });
    expect(added).toMatchObject({ ok: true, data: { storage: 'memory', key: { source: 'memory' } } });
    expect((await chat(ASK)).status).toBe(200);
    expect(file.text ?? '').not.toContain('keys');
  });
});

describe('changes', () => {
  it('a disabled key or provider is not used, an enabled one is again', async () => {
    const { call, chat } = await start(undefined);
    await call('providers.add', custom());
    const id = keyIdOf(await call('keys.add', { provider: 'one', value: KEY_ONE }));
    await call('keys.update', { provider: 'one', id, enabled: false });
    expect((await chat(ASK)).status).toBe(503);
    await call('keys.update', { provider: 'one', id, enabled: true, label: 'again', weight: 3 });
    expect((await chat(ASK)).status).toBe(200);
    await call('providers.update', { id: 'one', enabled: false });
    expect((await chat(ASK)).status).toBe(503);
    await call('providers.update', { id: 'one', enabled: true });
    expect((await chat(ASK)).status).toBe(200);
  });

  it('takes the order in which the keys of a provider are tried, and refuses one it does not know', async () => {
    const { call } = await start(undefined);
    await call('providers.add', custom());
    expect(await call('providers.update', { id: 'one', strategy: 'round-robin' })).toMatchObject({
      data: { strategy: 'round-robin' },
    });
    expect(file.text).toContain('strategy: round-robin');
    expect(await call('providers.update', { id: 'one', strategy: 'random' })).toMatchObject({
      error: { code: 'invalid_input', field: 'strategy' },
    });
  });

  it('the permission to ask private networks is taken back and given again, keys stay', async () => {
    const { call, chat } = await start(undefined);
    expect(await call('providers.add', custom())).toMatchObject({ data: { allowsPrivateNetwork: true } });
    await call('keys.add', { provider: 'one', value: KEY_ONE });
    expect(await call('providers.update', { id: 'one', allowPrivateNetwork: false })).toMatchObject({
      data: { allowsPrivateNetwork: false, keys: [{}] },
    });
    expect((await chat(ASK)).status).toBeGreaterThanOrEqual(400);
    expect(upstream.requests).toEqual([]);
    expect(await call('providers.update', { id: 'one', allowPrivateNetwork: true })).toMatchObject({
      data: { allowsPrivateNetwork: true },
    });
    expect((await chat(ASK)).status).toBe(200);
    expect(await call('providers.add', { id: 'ollama' })).toMatchObject({
      data: { allowsPrivateNetwork: true },
    });
    expect(await call('providers.add', { id: 'groq' })).toMatchObject({
      data: { allowsPrivateNetwork: false },
    });
  });

  it('a new base URL clears the stored keys: they were meant for the old one', async () => {
    const secrets = keeping();
    const { call } = await start(undefined, secrets);
    await call('providers.add', custom());
    const id = keyIdOf(await call('keys.add', { provider: 'one', value: KEY_ONE }));
    expect(
      await call('providers.update', { id: 'one', baseUrl: 'https://elsewhere.example/v1' }),
    ).toMatchObject({
      ok: true,
      data: { keys: [], baseUrl: 'https://elsewhere.example/v1' },
    });
    await expect(secrets.get(`one/${id}`)).rejects.toMatchObject({ problem: 'not-found' });
  });

  it.each([
    ['stored', keeping],
    ['in memory', createMemorySecrets],
  ])('a change of the base URL that fails leaves keys %s as they were', async (_where, store) => {
    const { call } = await start(undefined, store());
    await call('providers.add', custom());
    keyIdOf(await call('keys.add', { provider: 'one', value: KEY_ONE }));
    const good = file.text;
    const moved = { id: 'one', baseUrl: 'https://elsewhere.example/v1' };
    file.text = 'providers: [';
    expect(await call('providers.update', moved)).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await call('providers.remove', { id: 'one' })).toMatchObject({ ok: false });
    file.text = good;
    expect(await call('providers.list')).toMatchObject({
      data: [{ baseUrl: custom().baseUrl, keys: [{ state: 'ready', fingerprint: '…1111' }] }],
    });
  });

  it('a removed key and a removed provider leave nothing behind', async () => {
    const secrets = keeping();
    const { call } = await start(undefined, secrets);
    await call('providers.add', custom());
    const first = keyIdOf(await call('keys.add', { provider: 'one', value: KEY_ONE }));
    await call('keys.remove', { provider: 'one', id: first });
    await expect(secrets.get(`one/${first}`)).rejects.toMatchObject({ problem: 'not-found' });
    const second = keyIdOf(await call('keys.add', { provider: 'one', value: KEY_TWO }));
    await call('providers.remove', { id: 'one' });
    await expect(secrets.get(`one/${second}`)).rejects.toMatchObject({ problem: 'not-found' });
    expect(await call('providers.list')).toEqual({ ok: true, data: [] });
  });

  it('a cool-down is shown with its reason and ends when it is cleared', async () => {
    const { call, chat } = await start(undefined);
    await call('providers.add', custom());
    await call('keys.add', { provider: 'one', value: KEY_ONE });
    upstream.script((request) =>
      request.json(429, { error: { message: 'slow down' } }, { 'retry-after': '300' }),
    );
    expect((await chat(ASK)).status).toBe(429);
    expect(await call('providers.list')).toMatchObject({
      data: [
        {
          problem: 'no_usable_key',
          keys: [{ state: 'cooling', reason: 'rate_limited', status: 429, message: 'slow down' }],
        },
      ],
    });
    upstream.script((request) => request.json(200, ANSWER));
    expect(await call('keys.clear', { provider: 'one' })).toEqual({ ok: true, data: { cleared: 1 } });
    expect((await chat(ASK)).status).toBe(200);
  });
});

describe('what is refused', () => {
  it.each([
    ['providers.add', { id: 'one' }, 'conflict'],
    ['providers.add', { id: 'demo', baseUrl: 'https://x.example' }, 'conflict'],
    ['providers.add', { id: 'new' }, 'invalid_input'],
    ['providers.add', { id: 'new', baseUrl: 'ftp://x' }, 'invalid_input'],
    ['providers.add', { id: '../x', baseUrl: 'https://x.example' }, 'invalid_input'],
    ['providers.update', { id: 'none', enabled: true }, 'not_found'],
    ['keys.add', { provider: 'none', value: KEY_ONE }, 'not_found'],
    ['keys.add', { provider: 'one', value: 'two words' }, 'invalid_input'],
    ['keys.add', { provider: 'one', value: KEY_ONE }, 'conflict'],
    ['keys.add', { provider: 'one', value: 7 }, 'invalid_input'],
    ['keys.remove', { provider: 'one', id: 'none' }, 'not_found'],
    ['requests.get', { id: 'none' }, 'not_found'],
    ['requests.list', { limit: 100_000 }, 'invalid_input'],
    ['requests.list', { sql: '1' }, 'invalid_input'],
    ['no.such', {}, 'not_found'],
    ['constructor', {}, 'not_found'],
  ])('%s %j: %s', async (name, input, code) => {
    const { call } = await start(undefined);
    await call('providers.add', custom());
    await call('keys.add', { provider: 'one', value: KEY_ONE });
    const before = file.text;
    const answer = await call(name, input);
    expect(answer).toMatchObject({ ok: false, error: { code } });
    expect(JSON.stringify(answer)).not.toContain(KEY_ONE);
    expect(file.text).toBe(before);
  });
});

it.each([
  ['providers.add', { id: 'x', keys: [] }, 'keys is not known here'],
  ['requests.list', { limit: 'all' }, 'limit: a number is needed'],
  ['keys.remove', { provider: 'one' }, 'id: this setting is missing'],
])('%s %j is told: %s', async (name, input, message) => {
  const { call } = await start(undefined);
  expect(await call(name, input)).toMatchObject({ ok: false, error: { code: 'invalid_input', message } });
});

it('a log of a newer version: who asks for requests is told so', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'switchyard-test-'));
  const database = new Database(join(dataFolder, 'log.db'));
  database.pragma('user_version = 999');
  database.close();
  file = memoryFile(undefined);
  gateway = await startTestGateway('', { configFile: file, dataFolder });
  const { call } = gateway;
  for (const name of ['requests.list', 'requests.statistics', 'requests.clear']) {
    expect(await call(name)).toMatchObject({
      ok: false,
      error: { code: 'unavailable', message: expect.stringContaining('has schema 999') },
    });
  }
  await gateway.stop();
  gateway = undefined;
  await rm(dataFolder, { recursive: true });
});

it('subscribers hear of requests, providers and the state', async () => {
  const running = await start(undefined);
  const heard: EventMessage[] = [];
  const subscription = running.gateway.control.subscribe(
    ['requests.changed', 'requests.cleared', 'providers.changed'],
    (message) => {
      heard.push(message);
      return true;
    },
  );
  await running.call('providers.add', custom());
  await running.call('keys.add', { provider: 'one', value: KEY_ONE });
  await (await running.chat(ASK)).text();
  await running.rows(1);
  await expect.poll(() => heard.map(({ topic }) => topic)).toContain('requests.changed');
  await expect.poll(() => heard.map(({ topic }) => topic)).toContain('providers.changed');
  await running.call('requests.clear');
  await expect.poll(() => heard.map(({ topic }) => topic)).toContain('requests.cleared');
  expect(heard.map(({ number }) => number)).toEqual(heard.map((_, index) => index + 1));
  expect(JSON.stringify(heard)).not.toContain(KEY_ONE);
  subscription.close();
});

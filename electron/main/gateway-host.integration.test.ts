/** The engine as the desktop app runs it, on a data folder of its own. */
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  consoleSink,
  createLogger,
  createMemorySecrets,
  createNodeConfigFile,
  holderOf,
  ListenError,
  lockDataFolder,
  OWNER_HEADER,
  OWNER_PATH,
  systemClock,
} from '../../gateway/index.ts';
import { takenPort } from '../../gateway/testing/spare-port.ts';
import { dataFolderOf, startGatewayHost, type GatewayHost } from './gateway-host.ts';
import { readOptions } from './options.ts';

let dataFolder = '';
const hosts: GatewayHost[] = [];
const occupied: Server[] = [];
const lines: string[] = [];

beforeEach(async () => {
  lines.length = 0;
  dataFolder = await mkdtemp(join(tmpdir(), 'switchyard-desktop-'));
});
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.stop();
  await Promise.all(occupied.splice(0).map((server) => new Promise((closed) => server.close(closed))));
  await rm(dataFolder, { recursive: true, force: true });
});

async function start(
  argv: readonly string[],
  folder = dataFolder,
  environment: Readonly<Record<string, string>> = { OPENAI_API_KEY: 'sk-of-the-environment' },
): Promise<GatewayHost> {
  const console = consoleSink(2);
  const logger = createLogger({
    clock: systemClock,
    console: { ...console, write: (line) => lines.push(line) },
  });
  const host = await startGatewayHost({
    version: '0.0.0-test',
    clock: systemClock,
    logger,
    options: readOptions(argv),
    dataFolder: folder,
    lock: await lockDataFolder(folder),
    configFile: createNodeConfigFile({ path: join(folder, 'config.yaml'), dataFolder: folder, logger }),
    environment,
    secrets: createMemorySecrets(),
    workers: {
      log: new URL('../../gateway/storage/worker.ts', import.meta.url),
      tokens: new URL('../../gateway/estimates/worker.ts', import.meta.url),
    },
    homeFolder: folder,
    platform: process.platform,
  });
  hosts.push(host);
  return host;
}

async function heldPort(): Promise<number> {
  const { port, server } = await takenPort();
  occupied.push(server);
  return port;
}

describe('the gateway of the desktop app', () => {
  it('answers tools, and tells others its address', async () => {
    const host = await start(['--demo', '--port', '0']);
    const address = await host.listen();
    const answer = await fetch(`${address}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'demo/chat', messages: [{ role: 'user', content: 'hello' }] }),
    });
    expect(answer.status).toBe(200);
    expect(await readFile(join(dataFolder, 'switchyard.lock.json'), 'utf8')).toContain(address);
  });

  it('serves neither pages nor a control plane over HTTP', async () => {
    const host = await start(['--port', '0']);
    const address = await host.listen();
    for (const path of ['/admin/rpc/gateway.status', '/admin/rpc/events', '/admin/session', '/assets/x.js']) {
      expect((await fetch(address + path)).status).toBe(404);
    }
  });

  it('lets commands of the same account in at their door, and nobody else', async () => {
    const host = await start(['--port', '0']);
    const address = await host.listen();
    const { token = '' } = (await holderOf(dataFolder)) ?? {};
    const ask = (name: string, key: string): Promise<Response> =>
      fetch(`${address}${OWNER_PATH}/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', [OWNER_HEADER]: key, 'x-switchyard-csrf': key },
        body: '{}',
      });
    expect(await (await ask('connect.list', token)).json()).toMatchObject({
      ok: true,
      data: { local: true },
    });
    expect(await (await ask('providers.list', token)).json()).toMatchObject({ ok: false });
    expect((await ask('connect.list', 'x'.repeat(43))).status).toBe(401);
    expect((await ask('connect.list', '')).status).toBe(401);
    const mode = (await stat(join(dataFolder, 'switchyard.lock.json'))).mode & 0o777;
    if (process.platform !== 'win32') expect(mode).toBe(0o600);
  });

  it('is closed and set up by variables, under its flags', async () => {
    const host = await start(['--port', '0'], dataFolder, {
      ...{ PORT: '1', APP_API_KEY: 'sk-mine', LOG_LEVEL: 'warn', DEFAULT_MODEL: 'a/b', REQUEST_TIMEOUT: '7' },
      GIN_MODE: 'release',
    });
    const address = await host.listen();
    const models = (headers: Readonly<Record<string, string>>) => fetch(`${address}/v1/models`, { headers });
    expect((await models({})).status).toBe(401);
    expect((await models({ authorization: 'Bearer sk-mine' })).status).toBe(200);
    const { routing, logging } = host.gateway.config();
    expect([routing.default_model, routing.request_timeout, logging.level]).toEqual(['a/b', 7_000, 'warn']);
    const { lockedSettings } = await host.gateway.control.handlers['gateway.status']({});
    expect(lockedSettings).toMatchObject({ 'server.port': '--port', 'server.api_key': 'APP_API_KEY' });
  });

  it('does not start with a variable it does not understand', async () => {
    await expect(start([], dataFolder, { PORT: 'http' })).rejects.toThrow('PORT must be a whole number');
  });

  it('takes no keys from variables', async () => {
    const host = await start(['--port', '0']);
    await host.listen();
    expect(await host.gateway.control.call('providers.list', {})).toEqual({ ok: true, data: [] });
  });
});

it('a start at a taken port is told in the status, and ends when another port is chosen', async () => {
  const port = await heldPort();
  await writeFile(join(dataFolder, 'config.yaml'), `server: { port: ${port} }\n`);
  const host = await start([]);
  await expect(host.listen()).rejects.toThrow(ListenError);
  const { control } = host.gateway;
  const status = () => control.handlers['gateway.status']({});
  const before = await status();
  expect(before).toMatchObject({ state: 'starting', address: '' });
  expect(before.problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      new RegExp(`^Port ${port} is taken by .*Tools cannot reach the gateway\\. Port \\d+ is free\\.$`),
    ),
  ]);

  const { port: free } = await control.handlers['settings.freePort']({ from: port });
  expect(await control.call('settings.set', { path: 'server.port', value: free })).toMatchObject({
    ok: true,
  });
  await expect.poll(status).toMatchObject({ state: 'running', address: `http://127.0.0.1:${free}` });
  expect((await status()).problems).toEqual([]);
  // Nothing went to the old port once more.
  expect(lines.filter((line) => line.includes('[WARNING]'))).toEqual([]);
  expect(await readFile(join(dataFolder, 'switchyard.lock.json'), 'utf8')).toContain(`:${free}"`);
});

it('a start at a taken port ends as well when the file names another', async () => {
  const port = await heldPort();
  const file = join(dataFolder, 'config.yaml');
  await writeFile(file, `server: { port: ${port} }\n`);
  const host = await start([]);
  await expect(host.listen()).rejects.toThrow(ListenError);
  await writeFile(file, 'server: { port: 0 }\n');
  const status = () => host.gateway.control.handlers['gateway.status']({});
  await expect.poll(status, { timeout: 10_000 }).toMatchObject({ state: 'running', problems: [] });
});

describe('where the data lies', () => {
  it.each([
    [[], {}, '/usual'],
    [[], { SWITCHYARD_DATA_DIR: '/elsewhere' }, '/elsewhere'],
    [[], { SWITCHYARD_DATA_DIR: '' }, '/usual'],
    [['--data-dir', '/flag'], { SWITCHYARD_DATA_DIR: '/elsewhere' }, '/flag'],
    [['--demo'], {}, '/usual/demo'],
  ])('with %j and %j it is in %s', (argv, environment, expected) => {
    expect(dataFolderOf(readOptions(argv), environment, '/usual')).toBe(expected);
  });
});

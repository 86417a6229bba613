/** Settings against a whole gateway: the file, the value in force, and the address that moves while it runs. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SettingView } from '../../contract/rpc/procedures/settings.ts';
import { NO_OVERRIDES } from '../config/overrides.ts';
import { SETTLE_TIME } from '../config/store.ts';
import type { ConfigFile, GatewayPorts } from '../index.ts';
import { createNodeConfigFile } from '../index.ts';
import { openRaw, requestText } from '../testing/http-app.ts';
import { ANSWER, ASK, chunk, DONE } from '../testing/openai-wire.ts';
import { startFakeUpstream, type FakeRequest, type FakeUpstream } from '../testing/fake-upstream.ts';
import { sparePort, takenPort } from '../testing/spare-port.ts';
import {
  KEY_ONE,
  memoryFile,
  providerYaml,
  startTestGateway,
  type TestGateway,
} from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway;
let file: ReturnType<typeof memoryFile>;
const occupied: Server[] = [];

beforeEach(async () => {
  upstream = await startFakeUpstream();
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
  await Promise.all(occupied.splice(0).map((server) => new Promise((closed) => server.close(closed))));
});

/** A free port; `hold` keeps it taken until the test ends. */
async function port(hold = false): Promise<number> {
  if (!hold) return sparePort();
  const held = await takenPort();
  occupied.push(held.server);
  return held.port;
}

async function start(at: number, more = '', ports: Partial<GatewayPorts> = {}): Promise<string> {
  file = memoryFile(
    `# mine\nserver:\n  port: ${at} # the usual\n${more}providers:\n${providerYaml('one', upstream.url, [KEY_ONE])}`,
  );
  gateway = await startTestGateway('', { configFile: file, overrides: NO_OVERRIDES, ...ports });
  return gateway.url;
}

const set = (path: string, value: unknown) => gateway.call('settings.set', { path, value });

async function setting(path: string): Promise<SettingView> {
  const { settings } = await gateway.gateway.control.handlers['settings.list']({});
  const found = settings.find((one) => one.path === path);
  if (found === undefined) throw new Error(`no setting ${path}`);
  return found;
}

const address = async (): Promise<string> =>
  (await gateway.gateway.control.handlers['gateway.status']({})).address;
const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/health`).then(
    ({ ok }) => ok,
    () => false,
  );

describe('a value', () => {
  it('is in force at once, stands in the file among the comments, and goes back to its default', async () => {
    await start(await port());
    expect(await setting('requests.keep.days')).toMatchObject({ value: 30, default: 30, changed: false });
    expect(await set('requests.keep.days', 7)).toMatchObject({ ok: true });
    expect(await setting('requests.keep.days')).toMatchObject({ value: 7, default: 30, changed: true });
    expect(gateway.gateway.config().requests.keep.days).toBe(7);
    expect(file.text).toContain('# the usual');
    expect(file.text).toContain('days: 7');
    expect(await gateway.call('settings.reset', { path: 'requests.keep.days' })).toMatchObject({ ok: true });
    expect(await setting('requests.keep.days')).toMatchObject({ value: 30, changed: false });
    expect(file.text).not.toContain('days');
    // A second reset finds nothing to do.
    expect(await gateway.call('settings.reset', { path: 'requests.keep.days' })).toMatchObject({ ok: true });
  });

  it('is taken back as the file had it, a variable as a variable, and once more is the change again', async () => {
    await start(await port(), '  api_key: ${CLIENT_KEY}\n', {
      environment: { CLIENT_KEY: 'sk-from-the-variable' },
    });
    expect(await setting('server.api_key')).toMatchObject({ undoable: false });
    await set('server.api_key', 'sk-typed-by-a-person');
    expect(await setting('server.api_key')).toMatchObject({ value: '…rson', undoable: true });
    expect(await gateway.call('settings.undo', { path: 'server.api_key' })).toMatchObject({ ok: true });
    expect(file.text).toContain('api_key: ${CLIENT_KEY}');
    expect(await setting('server.api_key')).toMatchObject({ value: '…able' });
    await gateway.call('settings.undo', { path: 'server.api_key' });
    expect(await setting('server.api_key')).toMatchObject({ value: '…rson' });
  });

  it('that is a client key is what was typed: a variable named in it is none', async () => {
    await start(await port(), '', { environment: { HOME: '/home/me' } });
    await set('server.api_key', 'sk-${HOME}-0123456');
    expect(gateway.gateway.config().server.api_key).toBe('sk-${HOME}-0123456');
  });

  it('that was reset comes back, and one that others changed since does not', async () => {
    await start(await port());
    await set('requests.keep.days', 7);
    await gateway.call('settings.reset', { path: 'requests.keep.days' });
    await gateway.call('settings.undo', { path: 'requests.keep.days' });
    expect(await setting('requests.keep.days')).toMatchObject({ value: 7, changed: true, undoable: true });
    expect(await gateway.call('settings.undo', { path: 'requests.keep.rows' })).toMatchObject({
      ok: false,
      error: { code: 'conflict', field: 'requests.keep.rows' },
    });
  });

  it('that was reset comes back to the byte, comments of emptied groups too', async () => {
    await start(await port(), 'requests: # how long\n  keep: { days: 7 } # a week\n# of the providers\n');
    const before = file.text;
    await gateway.call('settings.reset', { path: 'requests.keep.days' });
    expect(file.text).not.toContain('days: 7');
    await gateway.call('settings.undo', { path: 'requests.keep.days' });
    expect(file.text).toBe(before);
  });

  it('that was reset comes back without what others wrote meanwhile', async () => {
    await start(await port(), 'requests: { keep: { days: 7, rows: 500 } }\n');
    const before = file.text ?? '';
    const others = before.replace('rows: 500', 'rows: 900');
    // Between the look of the reset at the file and its own change.
    vi.spyOn(file, 'read').mockImplementationOnce(() => {
      file.text = others;
      return Promise.resolve(before);
    });
    await gateway.call('settings.reset', { path: 'requests.keep.days' });
    expect(file.text).not.toContain('days');
    expect(file.text).toContain('rows: 900');
    expect(await gateway.call('settings.undo', { path: 'requests.keep.days' })).toMatchObject({ ok: true });
    expect(file.text).toContain('rows: 900');
    expect(await setting('requests.keep.days')).toMatchObject({ value: 7 });
  });

  it('that was reset twice comes back to the byte too', async () => {
    await start(await port(), 'requests: { keep: { days: 7 } } # a week\n');
    const before = file.text;
    for (let round = 0; round < 2; round += 1) {
      await gateway.call('settings.reset', { path: 'requests.keep.days' });
    }
    await gateway.call('settings.undo', { path: 'requests.keep.days' });
    expect(file.text).toBe(before);
  });

  it('that is the port moves back', async () => {
    const first = await port();
    await start(first);
    const second = await port();
    await set('server.port', second);
    expect(await address()).toContain(String(second));
    await gateway.call('settings.undo', { path: 'server.port' });
    expect(await address()).toContain(String(first));
    expect(file.text).toContain(`port: ${first} # the usual`);
  });

  it('is written as a person would: durations and sizes with their unit', async () => {
    await start(await port());
    await set('routing.cooldown.base', 90_000);
    await set('requests.keep.size', 2_000_000_000);
    expect(file.text).toContain('base: 90s');
    expect(file.text).toContain('size: 2GB');
    expect(await setting('routing.cooldown.base')).toMatchObject({ value: 90_000 });
  });

  it('that is not valid is refused with path and what is allowed, and nothing changes', async () => {
    await start(await port());
    const before = file.text;
    expect(await set('requests.bodies', 'all')).toMatchObject({
      ok: false,
      error: {
        code: 'invalid_input',
        field: 'requests.bodies',
        message: 'requests.bodies: one of full, metadata, off is needed',
      },
    });
    expect(await set('server.port', 70_000)).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
    expect(await set('admin.password', 'x')).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
    expect(file.text).toBe(before);
  });

  it('that is the proxy holds for the next request, without a restart', async () => {
    await start(await port());
    upstream.script((request) => request.json(200, ANSWER));
    const reached: string[] = [];
    const proxy = createServer((socket) => {
      socket.once('data', (head) => {
        reached.push(head.toString('latin1').split('\r\n')[0] ?? '');
        socket.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n');
      });
    });
    occupied.push(proxy);
    await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
    const address = proxy.address();
    const through = typeof address === 'object' && address !== null ? address.port : 0;
    expect((await gateway.chat(ASK)).status).toBe(200);
    await set('network.proxy', `http://127.0.0.1:${through}`);
    expect((await gateway.chat(ASK)).status).not.toBe(200);
    expect(reached[0]).toContain(new URL(upstream.url).host);
    await set('network.proxy', 'none');
    await gateway.call('keys.clear', {});
    expect((await gateway.chat(ASK)).status).toBe(200);
  });

  it('that is a proxy with a password shows none, keeps it, and sends it to no other proxy', async () => {
    await start(await port());
    upstream.script((request) => request.json(200, ANSWER));
    const answer = await set('network.proxy', 'http://me:correct-horse%21@127.0.0.1:9');
    const shown = 'http://me:***@127.0.0.1:9';
    expect(await setting('network.proxy')).toMatchObject({ value: shown });
    expect(JSON.stringify(answer)).not.toContain('correct-horse');
    const elsewhere = await set('network.proxy', 'http://me:***@elsewhere.example:9');
    expect(elsewhere).toMatchObject({ ok: false, error: { code: 'invalid_input', field: 'network.proxy' } });
    expect(await set('network.proxy', shown)).toMatchObject({ ok: true });
    expect(file.text).toContain('http://me:correct-horse%21@127.0.0.1:9');
    expect(gateway.gateway.redact('sent correct-horse%21 and correct-horse! there')).toBe(
      'sent [redacted] and [redacted] there',
    );
  });

  it('that a flag or variable decides is locked under its name', async () => {
    await start(await port(), '', {
      overrides: {
        ...NO_OVERRIDES,
        settings: [{ path: 'logging.level', value: 'warn', origin: 'LOG_LEVEL' }],
      },
    });
    expect(await setting('logging.level')).toMatchObject({ value: 'warn', lockedBy: 'LOG_LEVEL' });
    expect(await set('logging.level', 'debug')).toMatchObject({
      ok: false,
      error: { code: 'locked', message: 'logging.level is set by LOG_LEVEL; change it there.' },
    });
  });
});

describe('the client key', () => {
  it('goes in and never out: a fingerprint is all that is shown', async () => {
    const url = await start(await port());
    upstream.script((request) => request.json(200, ANSWER));
    const key = 'sy-local-0123456789abcdef';
    const answer = await set('server.api_key', key);
    expect(JSON.stringify(answer)).not.toContain(key);
    expect(await setting('server.api_key')).toMatchObject({ value: '…cdef', secret: true, changed: true });
    expect((await gateway.chat(ASK)).status).toBe(401);
    expect((await gateway.chat(ASK, { authorization: `Bearer ${key}` })).status).toBe(200);
    expect(gateway.logged.join('\n')).not.toContain(key);
    const { problems } = await gateway.gateway.control.handlers['gateway.status']({});
    expect(problems.map(({ message }) => message).join()).not.toContain('server.api_key');
    await gateway.call('settings.reset', { path: 'server.api_key' });
    expect((await fetch(`${url}/v1/models`)).status).toBe(200);
  });
});

describe('the address', () => {
  it('moves while it runs: the new port answers, a running stream ends on the old one', async () => {
    const [from, to] = [await port(), await port()];
    const moved: string[] = [];
    const url = await start(from, '', { moved: (to) => void moved.push(to) });
    const held = Promise.withResolvers<FakeRequest>();
    upstream.script((request) => {
      request.head(200, { 'content-type': 'text/event-stream' });
      request.write(chunk({ role: 'assistant', content: 'first' }));
      held.resolve(request);
    });
    const stream = openRaw(from);
    const body = JSON.stringify({ ...ASK, stream: true });
    stream.socket.write(
      requestText(from, 'POST', '/v1/chat/completions', [['Content-Type', 'application/json']], body),
    );
    await stream.until('first');

    expect(await set('server.port', to)).toMatchObject({ ok: true });
    expect(await address()).toBe(`http://127.0.0.1:${to}`);
    expect(moved).toEqual([`http://127.0.0.1:${to}`]);
    expect(await answers(`http://127.0.0.1:${to}`)).toBe(true);
    expect(await answers(url)).toBe(false);
    expect(file.text).toContain(`port: ${to} # the usual`);

    const running = await held.promise;
    running.write(chunk({}, 'stop') + DONE);
    running.end();
    expect(await stream.closed).toContain('[DONE]');
  });

  it('stays where a port is taken: the conflict names a free one, the file keeps the old', async () => {
    const [from, taken] = [await port(), await port(true)];
    const url = await start(from);
    const before = file.text;
    const refused = await set('server.port', taken);
    expect(refused).toMatchObject({ ok: false, error: { code: 'conflict', field: 'server.port' } });
    expect(JSON.stringify(refused)).toContain(`Still listening on ${url}.`);
    expect(JSON.stringify(refused)).toMatch(new RegExp(`Port ${taken} is taken by .*Port \\d+ is free`));
    expect(file.text).toBe(before);
    expect(await answers(url)).toBe(true);
    const found = await gateway.call('settings.freePort', { from: taken });
    expect(found).toMatchObject({ ok: true });
    expect(JSON.stringify(found)).not.toContain(`"port":${taken}`);
  });

  it('goes back when the file cannot be written', async () => {
    const [from, to] = [await port(), await port()];
    const url = await start(from);
    file.write = () => Promise.reject(new Error('the disk is full'));
    expect(await set('server.port', to)).toMatchObject({ ok: false, error: { code: 'unavailable' } });
    expect(await address()).toBe(url);
    expect(await answers(url)).toBe(true);
    expect(await answers(`http://127.0.0.1:${to}`)).toBe(false);
  });

  it('takes another host on the same port, and is judged by what is really bound', async () => {
    const at = await port();
    await start(at);
    const named = () => openRaw(at);
    const ask = async (): Promise<string> => {
      const connection = named();
      connection.socket.write(requestText(at, 'GET', '/v1/models', [['Host', 'elsewhere.example']]));
      return connection.closed;
    };
    expect(await ask()).toContain('host_not_allowed');
    expect(await set('server.host', '0.0.0.0')).toMatchObject({ ok: true });
    expect(await ask()).toContain('no_client_key_configured');
    expect(await set('server.host', '192.0.2.1')).toMatchObject({
      ok: false,
      error: { code: 'conflict', field: 'server.host' },
    });
    // Still bound to everything: nobody is let in without a key.
    expect(await ask()).toContain('no_client_key_configured');
    expect(await gateway.call('settings.reset', { path: 'server.host' })).toMatchObject({ ok: true });
    expect(await ask()).toContain('host_not_allowed');
  });

  it('follows the file, and says so where it cannot', async () => {
    const [from, to, taken] = [await port(), await port(), await port(true)];
    const folder = await mkdtemp(join(tmpdir(), 'switchyard-settings-'));
    const path = join(folder, 'config.yaml');
    await writeFile(path, `server: { port: ${from} }\n`);
    const configFile: ConfigFile = createNodeConfigFile({
      path,
      dataFolder: folder,
      logger: {
        debug: () => undefined,
        info: () => undefined,
        warn: () => undefined,
        error: () => undefined,
      },
    });
    gateway = await startTestGateway('', { configFile, overrides: NO_OVERRIDES });
    const problems = async () =>
      (await gateway.gateway.control.handlers['gateway.status']({})).problems.map(
        ({ code, message }) => `${code}: ${message}`,
      );

    await writeFile(path, `server: { port: ${to} }\n`);
    await expect.poll(address, { timeout: 20 * SETTLE_TIME }).toBe(`http://127.0.0.1:${to}`);
    await writeFile(path, `server: { port: ${taken} }\n`);
    await expect.poll(problems, { timeout: 20 * SETTLE_TIME }).toHaveLength(1);
    expect((await problems())[0]).toMatch(
      new RegExp(`^address_taken: Port ${taken} is taken by .*Still listening on http://127.0.0.1:${to}\\.`),
    );
    expect(await readFile(path, 'utf8')).toContain(String(taken));
    // Choosing in the interface clears it.
    expect(await set('server.port', to)).toMatchObject({ ok: true });
    expect(await problems()).toEqual([]);
    await rm(folder, { recursive: true, force: true });
  });
});

it('tells where things are and how much the log occupies', async () => {
  await start(await port());
  const list = () => gateway.gateway.control.handlers['settings.list']({});
  const { configFile, dataFolder } = await list();
  expect([configFile, dataFolder]).toEqual(['memory', gateway.folder]);
  // The log's worker makes its file when it gets there.
  await expect.poll(async () => (await list()).logBytes, { timeout: 10_000 }).toBeGreaterThan(0);
});

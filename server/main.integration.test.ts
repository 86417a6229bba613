import { createServer } from 'node:net';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runHost, runToEnd } from './testing/run-host.ts';

const folders: string[] = [];
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-main-'));
  folders.push(folder);
  return folder;
}
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

const chat = (address: string, text: string, stream = true) =>
  fetch(`${address}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'demo/chat', stream, messages: [{ role: 'user', content: text }] }),
  });

/** What came of a body, and whether it ended as HTTP wants it. */
async function readAll(response: Response): Promise<{ readonly text: string; readonly whole: boolean }> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of response.body ?? []) {
      const bytes: Uint8Array = chunk;
      text += decoder.decode(bytes, { stream: true });
    }
    return { text, whole: true };
  } catch {
    return { text, whole: false };
  }
}

/** Logs in with the printed token; answers the session's cookie. */
async function logIn(logInAddress: string): Promise<string> {
  const { origin, hash } = new URL(logInAddress);
  const response = await fetch(`${origin}/admin/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: hash.slice('#token='.length) }),
  });
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

describe('a start', () => {
  it('ends with the link and the ready line, streams a demo chat, and stops with code 0', async () => {
    const host = await runHost({ args: ['--demo'] });
    const lines = host.output().trim().split('\n');
    expect(lines.slice(-2)).toEqual([`Open ${host.logInAddress}`, `Switchyard is ready on ${host.address}`]);
    expect(host.logInAddress).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/);

    const text = await (await chat(host.address, 'hello')).text();
    expect(text).toMatch(/^data: \{/);
    expect(text).toContain('data: [DONE]');

    const cookie = await logIn(host.logInAddress);
    const requests = await fetch(`${host.address}/api/requests`, { headers: { cookie } });
    expect(await requests.json()).toMatchObject({ page: 1, requests: [{ url: '/v1/chat/completions' }] });
    expect(await host.stop()).toMatchObject({ code: 0 });
  });

  it('with an admin password prints no link and takes the password', async () => {
    const host = await runHost({ args: ['--demo'], environment: { ADMIN_PASSWORD: 'correct horse' } });
    expect(host.output()).not.toContain('#token');
    const response = await fetch(`${host.address}/admin/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"password":"correct horse"}',
    });
    expect(response.status).toBe(200);
    expect((await host.stop('SIGINT')).code).toBe(0);
  });

  it('reads keys from the environment and shows none of them', async () => {
    const canary = 'sk-canary-0123456789abcdefghij';
    const host = await runHost({ environment: { OPENAI_API_KEY: canary, LOG_LEVEL: 'debug' } });
    const cookie = await logIn(host.logInAddress);
    const session = await fetch(`${host.address}/admin/session`, { headers: { cookie } });
    const csrf = JSON.stringify(await session.json()).match(/"csrf":"([^"]+)"/)?.[1] ?? '';
    const providers = await fetch(`${host.address}/admin/rpc/providers.list`, {
      method: 'POST',
      headers: { cookie, 'x-switchyard-csrf': csrf, 'content-type': 'application/json' },
      body: '{}',
    });
    const text = await providers.text();
    expect(text).toContain('OPENAI_API_KEY');
    const { output } = await host.stop();
    expect(`${text}${output}`).not.toContain(canary);
  });

  it('lets who was logged in go on after a restart, until the token is another one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'switchyard-again-'));
    const first = await runHost({ folder });
    const cookie = await logIn(first.logInAddress);
    const session = async (address: string) => {
      const response = await fetch(`${address}/admin/session`, { headers: { cookie } });
      return { status: response.status, text: await response.text() };
    };
    const before = await session(first.address);
    await first.stop();
    const second = await runHost({ folder });
    expect(before.status).toBe(200);
    expect(await session(second.address)).toEqual(before);
    await second.stop();
    await rm(join(folder, 'admin-token'));
    const third = await runHost({ folder });
    expect((await session(third.address)).status).toBe(401);
    await third.stop();
    await rm(folder, { recursive: true });
  });

  it('keeps the token from one start to the next, and the demo in a folder of its own', async () => {
    const folder = await newFolder();
    const first = await runHost({ folder, args: ['--demo'] });
    await first.stop();
    const second = await runHost({ folder, args: ['--demo'] });
    await second.stop();
    expect(second.logInAddress.split('#')[1]).toBe(first.logInAddress.split('#')[1]);
    expect(await readFile(join(folder, 'demo', 'admin-token'), 'utf8')).toContain(
      second.logInAddress.split('=')[1],
    );
  });
});

describe('a start that cannot be', () => {
  it('because the port is taken names it and what to do', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const { code, output } = await runToEnd({ args: ['--demo', '--port', port] });
    other.close();
    expect(code).toBe(1);
    expect(output).toContain(`The address 127.0.0.1:${port} is already taken`);
    expect(output).toContain('--port');
    expect(output.trim().split('\n')).toHaveLength(1);
  });

  it('because the data folder is taken names the holder', async () => {
    const folder = await newFolder();
    const holder = await runHost({ folder });
    const { code, output } = await runToEnd({ folder });
    await holder.stop();
    expect(code).toBe(1);
    expect(output).toBe(
      `Another Switchyard (process ${holder.pid} on ${holder.address}) already uses the data folder ${folder}. Use that one, stop it first, or give this one a folder of its own with --data-dir.\n`,
    );
  });

  it.each([
    [{ PORT: 'abc' }, [], 1, 'PORT'],
    [{ SWITCHYARD_DRAIN_SECONDS: 'soon' }, [], 1, 'SWITCHYARD_DRAIN_SECONDS'],
    [{ SWITCHYARD_MASTER_KEY: 'short' }, [], 1, 'SWITCHYARD_MASTER_KEY is too short'],
    [{}, ['--config', 'missing.yaml'], 1, 'There is no file'],
    [{}, ['--data-dir', '/dev/null/switchyard'], 1, 'The data folder /dev/null/switchyard cannot be made'],
    [{}, ['--prot', '8000'], 2, "unknown option '--prot'"],
  ])('because of %j %j ends with code %i and a sentence', async (environment, args, expected, sentence) => {
    const { code, output } = await runToEnd({ environment, args });
    expect(code).toBe(expected);
    expect(output).toContain(sentence);
    expect(output).not.toContain('    at ');
  });
});

describe('an end', () => {
  it('by kill -9 leaves nothing in the way of the next start', async () => {
    const folder = await newFolder();
    const first = await runHost({ folder, args: ['--demo'] });
    const answer = await chat(first.address, '/slow');
    await first.stop('SIGKILL');
    await readAll(answer);
    const second = await runHost({ folder, args: ['--demo'] });
    const cookie = await logIn(second.logInAddress);
    const list = await fetch(`${second.address}/api/requests`, { headers: { cookie } });
    expect(await list.json()).toMatchObject({ total_count: 1 });
    await second.stop();
  });

  it('by SIGTERM lets a running stream reach its deadline, tells it, and exits with 0', async () => {
    const host = await runHost({ args: ['--demo'] });
    const answer = await chat(host.address, '/slow');
    const ended = host.stop();
    const { text, whole } = await readAll(answer);
    expect(text).toContain('"code":"draining"');
    expect(text).not.toContain('[DONE]');
    expect(whole).toBe(false);
    expect((await ended).code).toBe(0);
  });

  it('is in good order too when its terminal is closed', async () => {
    const host = await runHost({ args: ['--demo'] });
    const ended = await host.stop('SIGHUP');
    expect(ended.code).toBe(0);
    expect(ended.output).toContain('Stopped');
  });

  it('is not held up by an open stream of events', async () => {
    const host = await runHost({ args: ['--demo'], environment: { SWITCHYARD_DRAIN_SECONDS: '600' } });
    const cookie = await logIn(host.logInAddress);
    const events = await fetch(`${host.address}/admin/rpc/events?topics=gateway.changed`, {
      headers: { cookie },
    });
    const ended = host.stop();
    await events.text();
    expect((await ended).code).toBe(0);
  });
});

it('reads .env of the working folder', async () => {
  const folder = await newFolder();
  await writeFile(join(folder, '.env'), 'PORT=abc\n');
  expect((await runToEnd({ folder, args: [] })).output).toContain('PORT');
});

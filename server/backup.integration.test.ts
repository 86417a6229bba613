import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { askRunning } from './commands/ask-running.ts';
import { runHost, runToEnd, type RunningHost } from './testing/run-host.ts';

const MASTER = { SWITCHYARD_MASTER_KEY: 'ab'.repeat(32) };
const OTHER_MASTER = { SWITCHYARD_MASTER_KEY: 'cd'.repeat(32) };
const PASSPHRASE = { SWITCHYARD_PASSPHRASE: 'correct horse battery' };
/** Eight processes start one after the other, ms. */
const PATIENCE = 120_000;
const SECRET = 'sk-test-00000000000000001234';

let root = '';
let seen: string[] = [];
const upstream = createServer((request, response) => {
  seen.push(request.headers.authorization ?? '');
  request.resume();
  response.setHeader('content-type', 'application/json');
  response.end(
    JSON.stringify({
      id: 'c1',
      object: 'chat.completion',
      model: 'm',
      choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 1_000, completion_tokens: 1_000, total_tokens: 2_000 },
    }),
  );
});

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'switchyard-backup-host-'));
  seen = [];
  upstream.listen(0, '127.0.0.1');
  await once(upstream, 'listening');
});
afterEach(async () => {
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
  await rm(root, { recursive: true, force: true });
});

function portOf(): number {
  const address = upstream.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const CONFIG = () =>
  `providers: [{ id: up, dialect: openai-chat, base_url: "http://127.0.0.1:${portOf()}/v1", allow_private_network: true, models: [m] }]\n` +
  'models: [{ id: fast, targets: [{ model: up/m }] }]\n' +
  'prices: [{ model: up/m, input: 1000, output: 1000 }]\n' +
  'budgets: [{ scope: all, usd: 100, per: month }]\n';

async function rpc(host: RunningHost, name: string, input: unknown = {}): Promise<unknown> {
  const answer = await askRunning(name, input, host.folder, {});
  if (answer?.ok !== true) throw new Error(`${name}: ${JSON.stringify(answer)}\n${host.output()}`);
  return answer.data;
}

async function chat(host: RunningHost): Promise<void> {
  const answer = await fetch(`${host.address}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'fast', messages: [{ role: 'user', content: 'hello' }] }),
  });
  expect(answer.status, await answer.text()).toBe(200);
}

/** A host with a key in its sealed file, a request in its log and money spent. */
async function usedHost(): Promise<RunningHost> {
  const folder = await mkdtemp(join(root, 'first-'));
  await writeFile(join(folder, 'config.yaml'), CONFIG());
  const host = await runHost({ folder, environment: MASTER });
  await rpc(host, 'keys.add', { provider: 'up', value: SECRET });
  await chat(host);
  await expect
    .poll(() => rpc(host, 'requests.list'), { timeout: 20_000 })
    .toMatchObject({ rows: [{ outcome: 'ok' }] });
  return host;
}

const command = (name: string, folder: string, args: readonly string[], environment = {}) =>
  runToEnd({ folder, port: null, command: [name], args, environment });

it(
  'brings everything back on a fresh machine: keys, aliases, history and money spent',
  async () => {
    const first = await usedHost();
    const file = join(root, 'moved.swbackup');
    const made = await command('backup', first.folder, ['--to', file, '--with-secrets'], PASSPHRASE);
    expect(made, made.output).toMatchObject({ code: 0 });
    const spent = await rpc(first, 'budgets.list');
    const busy = await command('restore', first.folder, [file, '--yes'], { ...MASTER, ...PASSPHRASE });
    expect(busy).toMatchObject({ code: 1 });
    expect(busy.output).toContain('already uses the data folder');
    await first.stop();
    expect((await readFile(file)).includes(SECRET)).toBe(false);

    const folder = await mkdtemp(join(root, 'second-'));
    const environment = { ...OTHER_MASTER, ...PASSPHRASE };
    const restored = await command('restore', folder, [file, '--yes'], environment);
    expect(restored, restored.output).toMatchObject({ code: 0 });
    expect(restored.output).toContain('with 1 keys');

    const second = await runHost({ folder, environment: OTHER_MASTER });
    try {
      expect(await rpc(second, 'requests.list')).toMatchObject({ rows: [{ modelAsked: 'fast' }] });
      expect(await rpc(second, 'budgets.list')).toEqual(spent);
      expect(spent).toMatchObject([{ spent: 2 }]);
      await chat(second);
      expect(seen).toEqual([`Bearer ${SECRET}`, `Bearer ${SECRET}`]);
    } finally {
      await second.stop();
    }
  },
  PATIENCE,
);

it(
  'is prepared by the running gateway and put into use by its next start',
  async () => {
    const first = await usedHost();
    const made = await rpc(first, 'backup.create', {});
    const { name } = z.object({ name: z.string() }).parse(made);
    expect(made).toMatchObject({ history: true, sealed: false, scheduled: false });
    await rpc(first, 'requests.clear');
    await rpc(first, 'aliases.remove', { id: 'fast' });
    expect(await rpc(first, 'backup.restore', { name })).toMatchObject({ history: true, secrets: 0 });
    expect(await rpc(first, 'requests.list')).toMatchObject({ rows: [] });
    expect(await rpc(first, 'backup.state')).toMatchObject({ waiting: {}, backups: [{ name }] });
    const { folder } = first;
    await first.stop('SIGKILL');

    const again = await runHost({ folder, environment: MASTER });
    try {
      expect(await rpc(again, 'requests.list')).toMatchObject({ rows: [{ modelAsked: 'fast' }] });
      expect(await rpc(again, 'backup.state')).toMatchObject({ waiting: null });
      await chat(again);
    } finally {
      await again.stop();
    }
    const alone = await command('backup', folder, ['--to', root, '--without-history'], MASTER);
    expect(alone, alone.output).toMatchObject({ code: 0 });
    expect((await readdir(root)).filter((file) => file.endsWith('.swbackup'))).toHaveLength(1);
  },
  PATIENCE,
);

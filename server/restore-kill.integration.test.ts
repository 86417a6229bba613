/** A restore that is killed at any moment leaves all of the old state or all of the new one, never some of each. */
import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { prepareBackup } from '../gateway/index.ts';
import { askRunning } from './commands/ask-running.ts';
import { openSecrets } from './secrets.ts';
import { runHost, runUntil, type RunningHost, type RunOptions } from './testing/run-host.ts';

/** Of each of the two tests; `RESTORE_KILLS=50` for a thorough run. */
const KILLS = Number(process.env['RESTORE_KILLS'] ?? 6);
/** Two processes for each kill, one after the other, ms. */
const PATIENCE = 60_000 + KILLS * 60_000;
/** Starts that are killed on one folder, one after the other. */
const IN_A_ROW = 3;
/** A whole restore changes the folder about so often. */
const CHANGES = 80;
const REQUESTS = 12;
/** What a state has of everything: requests, chats. */
const CHATS = 12;
const ENVIRONMENT = {
  SWITCHYARD_MASTER_KEY: 'ab'.repeat(32),
  SWITCHYARD_PASSPHRASE: 'correct horse battery',
};

let root = '';
/** Data folders that say `old` and `new` in all their parts, and one of the old with a prepared restore of the new. */
let old = '';
let prepared = '';
let file = '';
let running: RunningHost | undefined;
const upstream = createServer((request, response) => {
  request.resume();
  response.setHeader('content-type', 'application/json');
  const message = { role: 'assistant', content: randomBytes(60_000).toString('base64') };
  response.end(JSON.stringify({ object: 'chat.completion', choices: [{ message, finish_reason: 'stop' }] }));
});

async function rpc(host: RunningHost, name: string, input: unknown = {}): Promise<unknown> {
  const answer = await askRunning(name, input, host.folder, {}, 60_000);
  if (answer?.ok !== true) throw new Error(`${name}: ${JSON.stringify(answer)}\n${host.output()}`);
  return answer.data;
}

const chatOf = (word: string, index: number) => ({
  id: `${word}-${String(index).padStart(8, '0')}`,
  title: word,
  system: randomBytes(20_000).toString('base64'),
  columns: [{ id: 'one', model: word, parameters: {}, leaf: null, chosen: {} }],
  synced: true,
  tools: [],
  toolChoice: 'auto',
  autoContinue: false,
  format: { kind: 'text' },
  turns: [],
  createdAt: index,
  updatedAt: index,
});

/** A gateway whose every part says this word; it writes down what it logged before it ends. */
async function usedHost(word: string): Promise<RunningHost> {
  const folder = join(root, word);
  await mkdir(folder);
  const address = z.object({ port: z.number() }).parse(upstream.address());
  await writeFile(
    join(folder, 'config.yaml'),
    `providers: [{ id: up, dialect: openai-chat, base_url: "http://127.0.0.1:${address.port}/v1", allow_private_network: true, models: [m] }]\n` +
      `models: [{ id: ${word}, targets: [{ model: up/m }] }]\n`,
  );
  const host = await runHost({ folder, environment: ENVIRONMENT });
  running = host;
  await rpc(host, 'keys.add', { provider: 'up', label: word, value: `sk-test-000000000000000-${word}` });
  await rpc(host, 'views.save', { id: 'view-0001', name: word, filter: {} });
  for (let index = 0; index < CHATS; index += 1) await rpc(host, 'conversations.put', chatOf(word, index));
  for (let index = 0; index < REQUESTS; index += 1) {
    const answer = await fetch(`${host.address}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: word, messages: [{ role: 'user', content: `question ${index}` }] }),
    });
    expect(answer.status, await answer.text()).toBe(200);
  }
  return host;
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'switchyard-restore-kill-'));
  upstream.listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  old = (await usedHost('old')).folder;
  await running?.stop();
  const host = await usedHost('new');
  const made = await rpc(host, 'backup.create', { passphrase: ENVIRONMENT.SWITCHYARD_PASSPHRASE });
  file = join(host.folder, 'backups', z.object({ name: z.string() }).parse(made).name);
  await host.stop();
  prepared = await copyOf(old);
  await prepareBackup({
    file,
    passphrase: ENVIRONMENT.SWITCHYARD_PASSPHRASE,
    dataFolder: prepared,
    configFile: { location: join(prepared, 'config.yaml'), checkWritable: () => Promise.resolve() },
    secrets: await openSecrets(ENVIRONMENT, prepared),
    now: Date.now(),
    cancelled: () => false,
  });
}, 300_000);
afterAll(async () => {
  await running?.stop('SIGKILL');
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
  await rm(root, { recursive: true, force: true });
});

/** Resolves when something in the folder has changed so many times. */
const changes = (folder: string, count: number, over: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    let seen = 0;
    const watcher = watch(folder, { recursive: true, signal: over }, () => {
      seen += 1;
      if (seen < count) return;
      watcher.close();
      resolve();
    });
  });

const listed = z.array(z.object({ id: z.string() }));
const requests = z.object({ total: z.number(), rows: z.array(z.object({ modelAsked: z.string() })) });
const chats = z.object({ conversations: z.array(z.object({ title: z.string() })) });
const views = z.object({ views: z.array(z.object({ name: z.string() })) });
const providers = z.array(
  z.object({ keys: z.array(z.object({ state: z.string(), label: z.string(), fingerprint: z.string() })) }),
);

/** Starts on the folder and tells what each part of its state says, once for each different word. */
async function wordsOf(folder: string): Promise<readonly string[]> {
  const host = await runHost({ folder, environment: ENVIRONMENT });
  running = host;
  const log = requests.parse(await rpc(host, 'requests.list', { limit: 500 }));
  expect(log.total).toBe(REQUESTS);
  const { conversations } = chats.parse(await rpc(host, 'conversations.list'));
  expect(conversations).toHaveLength(CHATS);
  const keys = providers.parse(await rpc(host, 'providers.list')).flatMap((provider) => provider.keys);
  const words = [
    ...listed.parse(await rpc(host, 'aliases.list')).map(({ id }) => id),
    ...log.rows.map(({ modelAsked }) => modelAsked),
    ...conversations.map(({ title }) => title),
    ...views.parse(await rpc(host, 'views.list')).views.map(({ name }) => name),
    ...keys.flatMap(({ label, fingerprint }) => [label, fingerprint.slice(-3)]),
  ];
  expect(keys).toMatchObject([{ state: 'ready' }]);
  expect(await rpc(host, 'backup.state')).toMatchObject({ waiting: null });
  await host.stop();
  expect(await readdir(folder)).not.toContain('restore');
  const database = new Database(join(folder, 'log.db'), { readonly: true });
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  database.close();
  return [...new Set(words)];
}

async function copyOf(from: string): Promise<string> {
  const folder = await mkdtemp(join(root, 'killed-'));
  await cp(from, folder, { recursive: true });
  return folder;
}

/** Kills a process on a folder at some moment of its restore. */
const killed = (options: RunOptions & { readonly folder: string }) =>
  runUntil({ environment: ENVIRONMENT, ...options }, (folder, over) =>
    changes(folder, randomInt(1, CHANGES), over),
  );

it(
  'a restore by the command leaves all of the old or all of the new',
  async () => {
    for (let kill = 0; kill < KILLS; kill += 1) {
      const folder = await copyOf(old);
      const ended = await killed({ folder, port: null, command: ['restore'], args: [file, '--yes'] });
      const words = await wordsOf(folder);
      expect(words, ended.output).toHaveLength(1);
      // What the command has said was done is done.
      if (ended.code === 0) expect(words).toEqual(['new']);
      await rm(folder, { recursive: true, force: true });
    }
  },
  PATIENCE,
);

it(
  'a prepared restore comes into use as a whole, however often its start is killed',
  async () => {
    for (let kill = 0; kill < KILLS; kill += IN_A_ROW) {
      const folder = await copyOf(prepared);
      for (let start = 0; start < IN_A_ROW; start += 1) await killed({ folder });
      expect(await wordsOf(folder)).toEqual(['new']);
      await rm(folder, { recursive: true, force: true });
    }
  },
  PATIENCE,
);

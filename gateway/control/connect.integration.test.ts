import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

const planSchema = z.object({
  changes: z.array(
    z.object({ path: z.string(), before: z.nullable(z.string()), after: z.nullable(z.string()) }),
  ),
  version: z.string(),
  notes: z.array(z.object({ code: z.string(), text: z.string() })),
});
const viewSchema = z.object({
  id: z.string(),
  state: z.string(),
  client: z.nullable(z.string()),
  backups: z.array(z.object({ name: z.string() })),
  drift: z.array(z.string()),
  writtenAt: z.nullable(z.number()),
  problems: z.array(z.object({ code: z.string(), text: z.string() })),
  overrides: z.array(z.object({ variable: z.string(), shown: z.string(), file: z.nullable(z.string()) })),
  lastRequestAt: z.nullable(z.number()),
  requestsToday: z.number(),
});
const listSchema = z.object({ local: z.boolean(), address: z.string(), tools: z.array(viewSchema) });

const SETTINGS = '{\n  "mine": [ ],\n  "env": { "ANTHROPIC_API_KEY": "sk-ant-mine-0000000001" }\n}\n';

let home: string;
let file: string;
let running: TestGateway | undefined;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'switchyard-home-'));
  file = join(home, '.claude', 'settings.json');
  await mkdir(dirname(file));
  await writeFile(file, SETTINGS);
});

afterEach(async () => {
  await running?.stop();
  running = undefined;
  await rm(home, { recursive: true, force: true });
});

async function start(
  yaml = '',
  environment: Record<string, string> = {},
  pagesTravel = false,
): Promise<TestGateway> {
  running = await startTestGateway(yaml, {
    tools: { homeFolder: home, environment, platform: 'linux', pagesTravel },
  });
  return running;
}

async function ask(name: string, input: unknown = {}): Promise<unknown> {
  const result = await running?.call(name, input);
  if (result?.ok !== true) throw new Error(result?.error.message ?? 'not running');
  return result.data;
}

const tool = 'claude-code';
const CONNECT = { does: 'connect' };
const plan = async (order: object = CONNECT) => planSchema.parse(await ask('connect.plan', { tool, order }));
const apply = async (order: object = CONNECT) =>
  viewSchema.parse(await ask('connect.apply', { tool, order, version: (await plan(order)).version }));
const view = async () => {
  const { tools } = listSchema.parse(await ask('connect.list'));
  const found = tools.find(({ id }) => id === tool);
  if (found === undefined) throw new Error('not listed');
  return found;
};
const refused = async (order: object): Promise<unknown> => {
  const result = await running?.call('connect.plan', { tool, order });
  return result?.ok === false ? result.error : 'done';
};
const clients = () => running?.gateway.config().clients ?? [];

describe('connecting a tool', () => {
  it('makes a client with a key of its own that asks nobody else for one', async () => {
    const { url, chat } = await start();
    expect(await view()).toMatchObject({ state: 'not-connected', client: null });
    const shown = await plan();
    expect(shown.changes.map(({ path }) => path)).toEqual(['~/.claude/settings.json']);
    expect(shown.notes.map(({ code }) => code)).toContain('client-added-open');
    expect(await apply()).toMatchObject({ state: 'connected', client: tool });
    const [client] = clients();
    expect(client).toMatchObject({ id: tool, optional: true });
    const text = await readFile(file, 'utf8');
    expect(text).toContain(url);
    expect(text).toContain(client?.key);
    expect((await chat({ model: 'nothing' })).status).not.toBe(401);
  });

  it('shows no key, neither ours nor one that was there', async () => {
    await start();
    const { changes } = await plan();
    const shown = JSON.stringify(changes);
    expect(shown).toContain('sk-••••0001');
    expect(shown).toMatch(/sy-••••[\w-]{4}/);
    expect(shown).not.toContain('sk-ant-mine');
    expect(shown).not.toMatch(/sy-[\w-]{8}/);
  });

  it('the client goes with the connection, and the file is as it was', async () => {
    await start();
    await apply();
    await apply({ does: 'remove' });
    expect(clients()).toEqual([]);
    expect(await readFile(file, 'utf8')).toBe(SETTINGS);
  });

  it('takes the client that is there already, and leaves it', async () => {
    await start(`clients: [{ id: ${tool}, key: my-own-key-123 }]\n`);
    await apply();
    expect(await readFile(file, 'utf8')).toContain('my-own-key-123');
    await apply({ does: 'remove' });
    expect(clients().map(({ id }) => id)).toEqual([tool]);
  });

  it('what was taken out is as it was when its copy is restored: the file, the key, and what is known of it', async () => {
    await start('server: { api_key: the-common-key }\n');
    await apply();
    const [client] = clients();
    const connected = await readFile(file, 'utf8');
    await apply({ does: 'remove' });
    const [copy] = (await view()).backups;
    const restore = { does: 'restore', backup: copy?.name ?? '' };
    expect((await plan(restore)).notes.map(({ code }) => code)).toContain('client-added');
    expect(await apply(restore)).toMatchObject({ state: 'connected', client: tool });
    expect(await readFile(file, 'utf8')).toBe(connected);
    expect(clients()).toEqual([client]);
    await apply({ does: 'remove' });
    expect(await readFile(file, 'utf8')).toBe(SETTINGS);
    expect(clients()).toEqual([]);
  });

  it('a writing that was taken back leaves what the one before wrote, to be taken out', async () => {
    await start();
    await apply({ does: 'connect', models: { main: 'first/m' } });
    const connected = await readFile(file, 'utf8');
    await apply({ does: 'connect', models: { main: 'second/m' } });
    const [copy] = (await view()).backups;
    await apply({ does: 'restore', backup: copy?.name ?? '' });
    expect(await readFile(file, 'utf8')).toBe(connected);
    expect(await view()).toMatchObject({ state: 'connected', drift: [] });
    await writeFile(file, `${connected}\n`);
    await apply({ does: 'remove' });
    expect(await readFile(file, 'utf8')).toBe(`${SETTINGS}\n`);
  });

  it('the client comes again with the file of several that brings its key', async () => {
    await start();
    const orderOf = async (order: object) => {
      const { version } = planSchema.parse(await ask('connect.plan', { tool: 'gemini-cli', order }));
      return viewSchema.parse(await ask('connect.apply', { tool: 'gemini-cli', order, version }));
    };
    const before = await orderOf({ does: 'connect', models: { main: 'x/y' } });
    const connected = clients();
    const { backups } = await orderOf({ does: 'remove' });
    expect(clients()).toEqual([]);
    const known = before.backups.map(({ name }) => name);
    const copies = backups.filter(({ name }) => !known.includes(name));
    expect(copies).toHaveLength(2);
    for (const { name } of copies) await orderOf({ does: 'restore', backup: name });
    expect(clients()).toEqual(connected);
    await orderOf({ does: 'remove' });
    expect(clients()).toEqual([]);
  });

  it('a client that a rule names stays', async () => {
    await start(`rules: [{ when: { client: ${tool} }, then: { model: x } }]\n`);
    await apply();
    expect((await plan({ does: 'remove' })).notes.map(({ code }) => code)).toContain('client-stays');
    await apply({ does: 'remove' });
    expect(clients().map(({ id }) => id)).toEqual([tool]);
  });

  it('a client of the same name with another key, made since, stays', async () => {
    await start();
    await apply();
    await ask('clients.rotate', { id: tool });
    const now = clients();
    expect((await plan({ does: 'remove' })).notes.map(({ code }) => code)).toContain('client-other-key');
    await apply({ does: 'remove' });
    expect(clients()).toEqual(now);
    expect(await readFile(file, 'utf8')).toBe(SETTINGS);
  });

  it('the client whose key was renewed and put into the file by hand goes too', async () => {
    await start();
    await apply();
    const [before] = clients();
    await ask('clients.rotate', { id: tool });
    const [now] = clients();
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(before?.key ?? '', now?.key ?? ''));
    expect(await readFile(file, 'utf8')).not.toBe(text);
    await apply({ does: 'remove' });
    expect(clients()).toEqual([]);
  });

  it.each([
    ['', '"local"'],
    ['server: { api_key: the-common-key }\n', '"the-common-key"'],
  ])('without a key of its own it brings the common one (%j)', async (yaml, key) => {
    await start(yaml);
    await apply({ does: 'connect', ownKey: false });
    expect(await readFile(file, 'utf8')).toContain(key);
    expect(clients()).toEqual([]);
  });

  it('a model that nobody serves is told of', async () => {
    await start();
    const { notes } = await plan({ does: 'connect', models: { main: 'no/such-model' } });
    expect(notes.map(({ text }) => text).join(' ')).toContain('Nothing serves no/such-model (main)');
    await expect(plan({ does: 'connect', models: { nonsense: 'x' } })).rejects.toThrow(
      'no model for nonsense',
    );
  });

  it('a folder that only a shell leads the tool to is told of', async () => {
    await writeFile(join(home, '.zshrc'), 'export CLAUDE_CONFIG_DIR=~/work\n');
    await start();
    const { notes } = await plan();
    expect(notes.map(({ text }) => text).join(' ')).toContain('CLAUDE_CONFIG_DIR is set in ~/.zshrc, line 1');
  });

  it('a model that a rule puts another in the place of is served', async () => {
    await start(`providers:
  - { id: here, dialect: openai-chat, base_url: 'http://127.0.0.1:9/v1', allow_private_network: true, models: [m] }
rules: [{ when: { model: claude-* }, then: { model: here/m } }]
`);
    const notesFor = async (main: string) =>
      (await plan({ does: 'connect', models: { main } })).notes.map(({ text }) => text).join(' ');
    expect(await notesFor('claude-sonnet-4-5')).not.toContain('Nothing serves');
    expect(await notesFor('here/m')).not.toContain('Nothing serves');
  });

  it('another connection with the common key takes the client out', async () => {
    await start();
    await apply();
    await apply({ does: 'connect', ownKey: false });
    expect(clients()).toEqual([]);
    await apply({ does: 'remove' });
    expect(await readFile(file, 'utf8')).toBe(SETTINGS);
  });

  it('what somebody else took out leaves no client behind', async () => {
    await start();
    await apply();
    await writeFile(file, SETTINGS);
    expect((await plan({ does: 'remove' })).changes).toEqual([]);
    expect(await apply({ does: 'remove' })).toMatchObject({ state: 'not-connected', writtenAt: null });
    expect(clients()).toEqual([]);
  });

  it('a tool that keeps its key elsewhere gets no client whose key nobody sees', async () => {
    await start();
    const order = { does: 'connect', models: { main: 'x/y' } };
    const { version } = planSchema.parse(await ask('connect.plan', { tool: 'zed', order }));
    await ask('connect.apply', { tool: 'zed', order, version });
    expect(clients()).toEqual([]);
  });

  it('says as data why an order is refused, for every language', async () => {
    await start();
    expect(await refused({ does: 'restore', backup: 'none' })).toMatchObject({
      code: 'not_found',
      message: 'There is no copy none.',
      told: { code: 'no-copy', values: { copy: 'none' }, text: 'There is no copy none.' },
    });
    await writeFile(file, '{\n  "env": 3,\n}\n');
    expect(await refused(CONNECT)).toMatchObject({
      told: { code: 'unchanged', reason: { code: 'syntax', values: { line: 3 } } },
    });
  });

  it('a read-only file leaves configuration and file as they were', async () => {
    await start();
    await chmod(file, 0o400);
    await expect(apply()).rejects.toThrow('read-only');
    expect(clients()).toEqual([]);
    expect(await readFile(file, 'utf8')).toBe(SETTINGS);
  });
});

describe('a test of a tool', () => {
  const testSchema = z.object({
    ok: z.boolean(),
    status: z.number(),
    text: z.string(),
    time: z.number(),
    request: z.nullable(z.string()),
  });
  const send = async (model: string) => testSchema.parse(await ask('connect.test', { tool, model }));

  it('goes the way of the tool: its format, its key, and into the log', async () => {
    const { rows } = await start();
    await apply();
    const sent = await send('nothing');
    expect(sent.ok).toBe(false);
    expect(sent.text).toMatch(/\w+ \w+/);
    const [row] = await rows(1);
    expect(row).toMatchObject({ id: sent.request, client: tool, dialect: 'anthropic-messages' });
    // The tool itself is still waited for.
    expect(await view()).toMatchObject({ lastRequestAt: null });
  });

  it('brings no key that belongs to another address', async () => {
    const { rows } = await start('clients: [{ id: other, key: sk-ant-mine-0000000001, optional: true }]\n');
    await send('nothing');
    const [row] = await rows(1);
    expect(row?.client).toBeNull();
  });
});

describe('what the list tells', () => {
  it('requests by the key of the tool', async () => {
    const { chat, rows } = await start();
    await apply();
    expect(await view()).toMatchObject({ lastRequestAt: null, requestsToday: 0 });
    await chat({ model: 'nothing' }, { authorization: `Bearer ${clients()[0]?.key ?? ''}` });
    const [row] = await rows(1);
    await expect.poll(view).toMatchObject({ lastRequestAt: row?.startedAt, requestsToday: 1 });
  });

  it('requests by the name of the program', async () => {
    const { chat, rows } = await start();
    await chat({ model: 'nothing' }, { 'user-agent': 'claude-cli/2.1' });
    await chat({ model: 'nothing' }, { 'user-agent': 'codex/1.0' });
    await rows(2);
    await expect.poll(view).toMatchObject({ requestsToday: 1 });
  });

  it('variables that lead elsewhere, and only their addresses', async () => {
    await writeFile(join(home, '.bashrc'), 'export ANTHROPIC_BASE_URL=https://me:pw@proxy.example/v1\n');
    await start();
    expect((await view()).overrides).toEqual([
      { variable: 'ANTHROPIC_BASE_URL', shown: 'https://proxy.example/v1', file: '~/.bashrc' },
    ]);
    await apply({ does: 'silence', variable: 'ANTHROPIC_BASE_URL', file: '~/.bashrc' });
    expect((await view()).overrides).toEqual([]);
  });

  it('silences no variable but those that stand above the tool', async () => {
    await writeFile(join(home, '.bashrc'), 'export PATH=/opt/bin\n');
    await start();
    await expect(plan({ does: 'silence', variable: 'PATH', file: '~/.bashrc' })).rejects.toThrow(
      'PATH is no variable that Claude Code is led by.',
    );
  });

  it('pages that travel see no files of this machine', async () => {
    await start('server: { host: 0.0.0.0, allow_unauthenticated: true }\n', {}, true);
    const { local, tools } = listSchema.parse(await ask('connect.list'));
    expect(local).toBe(false);
    expect(tools.every(({ state }) => state === 'by-hand' || state === 'unreachable')).toBe(true);
    await expect(plan()).rejects.toThrow('leaves the files of tools alone');
    expect(await readFile(file, 'utf8')).toBe(SETTINGS);
  });
});

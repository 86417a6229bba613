/** A tool that a variable leads to another folder is connected there, whatever lies at home. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ConnectOrder } from '../../contract/rpc/procedures/connect.ts';
import { createConnector, type ClientChange, type Connector } from './connector.ts';
import { DEFINITIONS } from './definitions.ts';
import { diskFiles } from './files.ts';
import { FORMATS } from './formats/index.ts';

const ADDRESS = 'http://127.0.0.1:8000';
const CONNECT: ConnectOrder = { does: 'connect', models: { main: 'fast' }, ownKey: false };
const NO_CLIENT: ClientChange = {
  client: null,
  before: () => Promise.resolve(() => Promise.resolve()),
  after: () => Promise.resolve(),
};

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'switchyard-places-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const connector = (environment: Record<string, string>): Connector =>
  createConnector({
    files: diskFiles,
    around: { homeFolder: home, environment, platform: 'linux' },
    folder: join(home, 'data', 'connect'),
    definitions: DEFINITIONS,
    formats: FORMATS,
    now: () => Date.UTC(2026, 10, 20),
    listens: () => Promise.resolve(false),
    knowsKey: () => false,
  });

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(home, path)), { recursive: true });
  await writeFile(join(home, path), text);
}
const get = (path: string): Promise<string> => readFile(join(home, path), 'utf8');

async function doIt(own: Connector, tool: 'claude-code' | 'opencode', order: ConnectOrder): Promise<void> {
  const models = order.does === 'connect' ? order.models : {};
  const input = { tool, order, wiring: { address: ADDRESS, key: 'sy-0123456789', models } };
  await own.apply(input, (await own.plan(input)).version, () => NO_CLIENT);
}

it('in the folder of the variable, where there is no file yet', async () => {
  await put('.claude/settings.json', '{"theme":"dark"}\n');
  const own = connector({ CLAUDE_CONFIG_DIR: join(home, 'work') });
  await doIt(own, 'claude-code', CONNECT);
  expect(await get('work/settings.json')).toContain(ADDRESS);
  expect(await get('.claude/settings.json')).toBe('{"theme":"dark"}\n');
});

it('by whichever name the file has there', async () => {
  await put('xdg/opencode/opencode.jsonc', '{ "model": "a/b" }\n');
  await put('.config/opencode/opencode.json', '{}\n');
  const own = connector({ XDG_CONFIG_HOME: join(home, 'xdg') });
  await doIt(own, 'opencode', CONNECT);
  expect(await get('xdg/opencode/opencode.jsonc')).toContain(ADDRESS);
  expect(await get('.config/opencode/opencode.json')).toBe('{}\n');
});

it('of two files that a tool lays over each other, in the upper one', async () => {
  await put('.config/opencode/opencode.json', '{}\n');
  await put('.config/opencode/opencode.jsonc', '{ "model": "a/b" }\n');
  await doIt(connector({}), 'opencode', CONNECT);
  expect(await get('.config/opencode/opencode.jsonc')).toContain('switchyard/fast');
  expect(await get('.config/opencode/opencode.json')).toBe('{}\n');
});

it('what was written at home before the variable was set is still known, and goes', async () => {
  await put('.claude/settings.json', '{"theme":"dark"}\n');
  await doIt(connector({}), 'claude-code', CONNECT);
  const led = connector({ CLAUDE_CONFIG_DIR: join(home, 'work') });
  expect((await led.look('claude-code')).state(ADDRESS)).toBe('not-connected');
  await doIt(led, 'claude-code', CONNECT);
  await doIt(led, 'claude-code', { does: 'keep' });
  await doIt(led, 'claude-code', { does: 'remove' });
  expect(await get('.claude/settings.json')).toBe('{"theme":"dark"}\n');
  await expect(get('work/settings.json')).rejects.toThrow('ENOENT');
});

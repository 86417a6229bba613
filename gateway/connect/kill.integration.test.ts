import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createConnector } from './connector.ts';
import { DEFINITIONS } from './definitions.ts';
import { diskFiles } from './files.ts';
import { FORMATS } from './formats/index.ts';
import { HOMES } from './testing/homes/index.ts';

const PROCESS = fileURLToPath(new URL('../testing/connect-process.ts', import.meta.url));
const ADDRESS = 'http://127.0.0.1:8000';
const ORIGINAL = HOMES['claude-code'].settings;

let home: string;
let file: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'switchyard-connect-kill-'));
  file = join(home, '.claude', 'settings.json');
  await mkdir(join(home, '.claude'));
  await writeFile(file, ORIGINAL);
});
afterEach(() => rm(home, { recursive: true, force: true }));

it.each([1, 2, 3, 5, 8, 13])('a kill -9 after order %i leaves what can be taken back', async (orders) => {
  const folder = join(home, 'data', 'connect');
  const child = spawn(process.execPath, [PROCESS, home, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let seen = 0;
  // The order that was told is under way: where in it the process dies is up to the machine.
  createInterface(child.stdout).on('line', () => {
    seen += 1;
    if (seen === orders) child.kill('SIGKILL');
  });
  await once(child, 'close');

  const connector = createConnector({
    files: diskFiles,
    around: { homeFolder: home, environment: {}, platform: 'linux' },
    folder,
    definitions: DEFINITIONS,
    formats: FORMATS,
    now: () => Date.now(),
    listens: () => Promise.resolve(false),
    knowsKey: () => false,
  });
  const before = await connector.look('claude-code');
  // The fixture leads to a proxy of its own.
  expect(['elsewhere', 'connected']).toContain(before.state(ADDRESS));
  const input = {
    tool: 'claude-code',
    order: { does: 'remove' },
    wiring: { address: ADDRESS, key: 'local', models: {} },
  } as const;
  const { version } = await connector.plan(input);
  await connector.apply(input, version, () => ({
    client: null,
    before: () => Promise.resolve(() => Promise.resolve()),
    after: () => Promise.resolve(),
  }));
  expect(await readFile(file, 'utf8')).toBe(ORIGINAL);
  expect((await readdir(folder)).filter((name) => name.includes('damaged'))).toEqual([]);
});

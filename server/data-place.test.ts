import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockDataFolder, type DataFolderLock } from '../gateway/index.ts';
import { askedFolder, dataFolderOf } from './data-place.ts';

let home = '';
const locks: DataFolderLock[] = [];
const notes: string[] = [];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'switchyard-place-'));
  notes.length = 0;
});
afterEach(async () => {
  for (const lock of locks.splice(0)) await lock.release();
  rmSync(home, { recursive: true, force: true });
});

const OWN = '.local/share/switchyard';
const DESKTOP = '.config/Switchyard';
const make = (folder: string): void => void mkdirSync(join(home, folder), { recursive: true });
async function run(folder: string): Promise<void> {
  make(folder);
  const lock = await lockDataFolder(join(home, folder));
  await lock.announce({ pid: process.pid, address: 'http://127.0.0.1:8000' });
  locks.push(lock);
}

async function asked(
  options: { readonly dataDir?: string; readonly demo?: boolean } = {},
  environment: Readonly<Record<string, string>> = {},
  platform: NodeJS.Platform = 'linux',
): Promise<string> {
  const { folder } = await askedFolder(
    { demo: false, ...options },
    {
      environment,
      platform,
      homeFolder: home,
      workingFolder: home,
      note: (text) => notes.push(text),
    },
  );
  return folder.slice(home.length + 1);
}

it('is the own one where there is no other', async () => {
  expect(await asked()).toBe(OWN);
  make(OWN);
  expect(await asked()).toBe(OWN);
  expect(notes).toEqual([]);
});

it("is the desktop app's where only that is there, and says so", async () => {
  make(DESKTOP);
  expect(await asked()).toBe(DESKTOP);
  expect(notes).toEqual([expect.stringContaining(join(home, DESKTOP))]);
});

it('is the own one of two, and names the other', async () => {
  make(OWN);
  make(DESKTOP);
  expect(await asked()).toBe(OWN);
  expect(notes).toEqual([expect.stringContaining(join(home, DESKTOP))]);
});

it('is that of two in which a gateway runs', async () => {
  make(OWN);
  await run(DESKTOP);
  expect(await asked()).toBe(DESKTOP);
  await run(OWN);
  expect(await asked()).toBe(OWN);
});

it('is looked for among the demos with --demo', async () => {
  await run(DESKTOP);
  await run(`${DESKTOP}/demo`);
  make(`${OWN}/demo`);
  expect(await asked({ demo: true })).toBe(`${DESKTOP}/demo`);
});

it('is the one that is named, whatever runs', async () => {
  await run(DESKTOP);
  expect(await asked({ dataDir: 'mine' })).toBe('mine');
  expect(await asked({}, { SWITCHYARD_DATA_DIR: 'yours' })).toBe('yours');
  expect(notes).toEqual([]);
});

it('follows XDG_CONFIG_HOME as the desktop app does', async () => {
  await run('elsewhere/Switchyard');
  expect(await asked({}, { XDG_CONFIG_HOME: join(home, 'elsewhere') })).toBe('elsewhere/Switchyard');
});

it('is one for both on macOS', async () => {
  await run('Library/Application Support/Switchyard');
  expect(await asked({}, {}, 'darwin')).toBe('Library/Application Support/Switchyard');
  expect(notes).toEqual([]);
});

it('needs no home folder where one is named, and says so where none is', () => {
  const place = {
    environment: {},
    platform: 'linux',
    homeFolder: undefined,
    workingFolder: '/work',
  } as const;
  expect(dataFolderOf({ dataDir: 'mine', demo: false }, place)).toBe('/work/mine');
  expect(() => dataFolderOf({ demo: false }, place)).toThrow(/no home folder.*--data-dir/);
});

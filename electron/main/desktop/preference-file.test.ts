import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createPreferenceFile } from './preference-file.ts';
import { createPreferences, type PreferenceStore } from './preferences.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-preferences-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (): PreferenceStore =>
  createPreferences(createPreferenceFile(folder), (error) => {
    throw error;
  });

it('preferences outlive the app, for its owner only', async () => {
  const window = { bounds: { x: 1, y: 2, width: 800, height: 600 }, maximized: true };
  open().set({ language: 'zh-CN', closeToTray: false, window });
  expect(open().get()).toMatchObject({ language: 'zh-CN', closeToTray: false, window });
  expect(await readdir(folder)).toEqual(['desktop.json']);
  expect((await stat(join(folder, 'desktop.json'))).mode & 0o777).toBe(0o600);
});

it('a damaged file does not keep the app from starting', async () => {
  await writeFile(join(folder, 'desktop.json'), '{"theme": "da');
  expect(open().get().theme).toBe('system');
  open().set({ theme: 'dark' });
  expect(open().get().theme).toBe('dark');
});

import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isLogFileInside } from './inside-folder.ts';

let base: string;
let folder: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'switchyard-inside-'));
  folder = join(base, 'data');
  await mkdir(join(folder, 'logs'), { recursive: true });
});
afterEach(() => rm(base, { recursive: true, force: true }));

it.each(['logs/switchyard.log', 'mine.log', 'new/folder/mine.LOG', './logs/mine.log'])(
  'takes %s',
  async (path) => {
    expect(await isLogFileInside(folder, path)).toBe(true);
  },
);

it.each([
  '',
  '.log/',
  '/root/.bashrc',
  '/var/log/mine.log',
  '../mine.log',
  'logs/../../mine.log',
  'logs\\..\\..\\mine.log',
  'C:\\mine.log',
  'C:mine.log',
  '\\\\server\\share\\mine.log',
  'config.yaml',
  'log.db',
  'logs/mine.log\0',
  'logs/mi\nne.log',
])('does not take %j', async (path) => {
  expect(await isLogFileInside(folder, path)).toBe(false);
});

it('takes none that a link leads away, whether anything is there or not', async () => {
  await writeFile(join(base, 'elsewhere.log'), '');
  await symlink(join(base, 'elsewhere.log'), join(folder, 'there.log'));
  await symlink(join(base, 'not-yet.log'), join(folder, 'dangling.log'));
  await symlink(base, join(folder, 'out'));
  for (const path of ['there.log', 'dangling.log', 'out/mine.log', 'out/new/mine.log']) {
    expect(await isLogFileInside(folder, path), path).toBe(false);
  }
});

it('takes one of a data folder that is a link itself', async () => {
  await symlink(folder, join(base, 'link'));
  expect(await isLogFileInside(join(base, 'link'), 'logs/mine.log')).toBe(true);
});

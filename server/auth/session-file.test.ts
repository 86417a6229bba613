import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSessionFile } from './session-file.ts';

const one = { id: 'a'.repeat(64), proof: 'b'.repeat(43), begun: 1, lastUsed: 2 };
let folder = '';
const warnings: string[] = [];
const open = (at = folder) => createSessionFile(at, { warn: (message) => void warnings.push(message) });

beforeEach(async () => {
  warnings.length = 0;
  folder = await mkdtemp(join(tmpdir(), 'switchyard-sessions-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('keeps what was given last, for its owner only', async () => {
  const file = open();
  file.keep([]);
  file.keep([{ ...one, lastUsed: 1 }]);
  file.keep([one]);
  await file.settled();
  expect(await open().read()).toEqual([one]);
  expect(await readdir(folder)).toEqual(['sessions.json']);
  expect((await stat(join(folder, 'sessions.json'))).mode & 0o777).toBe(0o600);
});

it.each(['', '{"sessions": [', '[]', '{"sessions":[{"id":"x"}]}', 'null'])(
  'has none in a damaged file: %j',
  async (text) => {
    await writeFile(join(folder, 'sessions.json'), text);
    expect(await open().read()).toEqual([]);
  },
);

it('has none where there is no file, and warns where none can be written', async () => {
  const file = open(join(folder, 'gone'));
  expect(await file.read()).toEqual([]);
  file.keep([one]);
  await file.settled();
  expect(warnings).toHaveLength(1);
});

it('leaves none where it cannot be written any more: those of before may have logged out', async () => {
  const file = open();
  file.keep([one]);
  await file.settled();
  // In the way of the next writing, as a full disk is.
  await mkdir(join(folder, '.sessions.json.tmp'));
  file.keep([]);
  await file.settled();
  expect(warnings).toHaveLength(1);
  expect(await open().read()).toEqual([]);
});

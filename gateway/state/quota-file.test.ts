import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSteppedClock } from '../testing/clock.ts';
import { createQuotaFile, type FiledQuota } from './quota-file.ts';

const NOW = Date.UTC(2026, 10, 27);
const HOUR = 3_600_000;
const nothing = (): void => undefined;
const credit = { name: 'credit', limit: 10, remaining: 3.7, resetsAt: null, seenAt: NOW - HOUR };
const filed: FiledQuota = {
  provider: 'a',
  key: 'k',
  fingerprint: '…aaaa',
  answered: [
    {
      name: 'tokens',
      limit: null,
      remaining: 5,
      resetsAt: NOW + HOUR,
      seenAt: NOW,
      since: { at: NOW - 1, remaining: 6 },
    },
  ],
  checked: [credit],
};

let folder: string;
let warned: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-quota-'));
  warned = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function open(path = join(folder, 'quota.json')) {
  const clock = createSteppedClock(NOW);
  const logger = {
    debug: nothing,
    info: nothing,
    warn: (text: string) => void warned.push(text),
    error: nothing,
  };
  const file = createQuotaFile({ file: path, clock, logger, isKey: (_provider, key) => key !== 'gone' });
  return { clock, file };
}

it('gives back what was written, without the keys that are gone', async () => {
  const { file } = open();
  file.changed(() => [filed, { ...filed, key: 'gone' }]);
  await file.close();
  expect(await readFile(join(folder, 'quota.json'), 'utf8')).not.toContain('gone');
  expect(await open().file.read()).toEqual([filed]);
  expect(warned).toEqual([]);
});

it('is written seconds after the first of many changes, with the last of them', async () => {
  const { file, clock } = open();
  let asked = 0;
  for (let change = 0; change < 500; change += 1) {
    file.changed(() => {
      asked += 1;
      return [{ ...filed, checked: [{ ...credit, remaining: change }] }];
    });
    clock.step(9);
  }
  expect(await readdir(folder)).toEqual([]);
  clock.step(5_000);
  await file.close();
  expect(asked).toBe(1);
  expect((await open().file.read())[0]?.checked).toEqual([{ ...credit, remaining: 499 }]);
});

it('knows nothing where there is none, and says nothing', async () => {
  expect(await open().file.read()).toEqual([]);
  expect(warned).toEqual([]);
});

it.each([
  ['torn', '{"version":1,"keys":[{"provider":'],
  ['of a later version', '{"version":2,"keys":[]}'],
  ['of other figures', JSON.stringify({ version: 1, keys: [{ ...filed, checked: [{ name: 'credit' }] }] })],
  ['endless', ' '.repeat(8_000_001)],
  ['empty', ''],
])('one that is %s costs the figures, says so and is replaced', async (_what, text) => {
  await writeFile(join(folder, 'quota.json'), text);
  const { file } = open();
  expect(await file.read()).toEqual([]);
  expect(warned).toEqual(['What was left of limits is forgotten: its file cannot be understood']);
  file.changed(() => [filed]);
  await file.close();
  expect(await open().file.read()).toEqual([filed]);
});

it('a folder that cannot be written says so once and disturbs nothing', async () => {
  const { file } = open(join(folder, 'none', 'quota.json'));
  for (let round = 0; round < 3; round += 1) {
    file.changed(() => [filed]);
    await file.close();
  }
  expect(warned).toEqual(['What is left of limits is kept in memory only: its file cannot be written']);
});

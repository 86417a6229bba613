import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createChatFiles } from './chat-files.ts';

let root: string;
let folder: string;
let now: number;
const HOUR = 3_600_000;
const note = (): void => undefined;
const logger = { debug: note, info: note, warn: note, error: note };
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'switchyard-chat-files-'));
  folder = join(root, 'files');
  now = 1_700_000_000_000;
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const open = (limits = { file: 100, all: 250 }) =>
  createChatFiles({ folder, logger, now: () => now, limits });
const bytes = (text: string): Uint8Array => Buffer.from(text);
const names = (): readonly string[] => readdirSync(folder);

it('a file is kept once, by its bytes, over a restart, readable by its owner alone', async () => {
  const files = open();
  const [first, second, other] = await Promise.all([
    files.put(bytes('a')),
    files.put(bytes('a')),
    files.put(bytes('b')),
  ]);
  expect(second).toBe(first);
  expect(names()).toHaveLength(2);
  expect(Buffer.from((await open().get(first)) ?? []).toString()).toBe('a');
  expect(await open().get('f'.repeat(64))).toBeUndefined();
  expect(await open().get(`../files/${other}`)).toBeUndefined();
  expect(statSync(join(folder, first)).mode & 0o777).toBe(0o600);
});

it('one that nobody names goes after an hour, one that is named stays', async () => {
  const files = open();
  const named = await files.put(bytes('named'));
  const loose = await files.put(bytes('loose'));
  now += HOUR - 1_000;
  await files.sweep(new Set([named]));
  expect(names()).toHaveLength(2);
  now += 2_000;
  await files.sweep(new Set([named]));
  expect(names()).toEqual([named]);
  expect(await files.get(loose)).toBeUndefined();
});

it('one that was let go has its hour from then on, and so has one that is put again', async () => {
  const files = open();
  const released = await files.put(bytes('released'));
  const again = await files.put(bytes('again'));
  now += 10 * HOUR;
  await files.hold([released]);
  await files.put(bytes('again'));
  now += HOUR / 2;
  await files.sweep(new Set());
  expect(new Set(names())).toEqual(new Set([released, again]));
  now += HOUR;
  await files.sweep(new Set());
  expect(names()).toEqual([]);
});

it('one that was read, or that somebody still wants, has its hour from then on', async () => {
  const files = open();
  const read = await files.put(bytes('read'));
  const wanted = await files.put(bytes('wanted'));
  const loose = await files.put(bytes('loose'));
  now += HOUR - 1_000;
  await files.get(read);
  await files.hold([wanted, 'f'.repeat(64)]);
  now += 2_000;
  await files.sweep(new Set());
  expect(new Set(names())).toEqual(new Set([read, wanted]));
  expect(names()).not.toContain(loose);
});

it('what a killed process left goes too', async () => {
  const files = open();
  await files.put(bytes('a'));
  writeFileSync(join(folder, `.${'c'.repeat(64)}.tmp`), 'half');
  now = Date.now() + 2 * HOUR;
  await files.sweep(new Set());
  expect(names()).toEqual([]);
});

it('files are bounded, each and together, in a sentence', async () => {
  const files = open();
  await expect(files.put(bytes('x'.repeat(101)))).rejects.toMatchObject({ problem: 'too-large' });
  await files.put(bytes('1'.repeat(100)));
  await files.put(bytes('2'.repeat(100)));
  await expect(files.put(bytes('3'.repeat(100)))).rejects.toMatchObject({
    problem: 'full',
    message: expect.stringContaining('Delete chats with files'),
  });
  // It is there already.
  await files.put(bytes('2'.repeat(100)));
});

it('a place that cannot be written says so', async () => {
  writeFileSync(folder, 'in the way');
  await expect(open().put(bytes('a'))).rejects.toMatchObject({ problem: 'unwritable' });
});

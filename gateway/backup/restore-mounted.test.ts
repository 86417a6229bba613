/** The conversations may lie on a volume of their own, which cannot be renamed and is another file system. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createSteppedClock } from '../testing/clock.ts';
import { configOf, inUse, memoryStore, restoreKit } from '../testing/restore-kit.ts';
import { silentLogger } from '../testing/silent-logger.ts';
import { finishRestore } from './finish.ts';

/** Where the volume is mounted, and whether it has no room for more than what lay in it. */
const volume = vi.hoisted(() => ({ path: '', full: false }));
const refused = vi.hoisted(
  () =>
    (code: string): Error =>
      Object.assign(new Error(`${code}: refused`), { code }),
);

// No test can mount anything: renames are refused as the system does, everything else is real.
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const isIn = (path: string): boolean => path.startsWith(`${volume.path}/`);
  return {
    ...real,
    rename(from: string, to: string) {
      if ([from, to].includes(volume.path)) return Promise.reject(refused('EBUSY'));
      return isIn(from) === isIn(to) ? real.rename(from, to) : Promise.reject(refused('EXDEV'));
    },
    rmdir: (path: string) => (path === volume.path ? Promise.reject(refused('EBUSY')) : real.rmdir(path)),
    copyFile: (from: string, to: string) =>
      volume.full && isIn(to) && from.includes('/restore/files/')
        ? Promise.reject(refused('ENOSPC'))
        : real.copyFile(from, to),
  };
});
vi.mock('../state/master-key.ts', async () => {
  const { createHash } = await import('node:crypto');
  return {
    deriveKey: ({ passphrase }: { passphrase: string }) =>
      Promise.resolve(createHash('sha256').update(passphrase).digest()),
  };
});

let root = '';
const { fill, back, prepare } = restoreKit(() => root);
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'switchyard-mounted-'));
});
afterEach(() => {
  Object.assign(volume, { path: '', full: false });
  rmSync(root, { recursive: true, force: true });
});

async function restoreOnto(dataFolder: string) {
  const { store } = memoryStore();
  await prepare(dataFolder, store);
  volume.path = join(dataFolder, 'conversations');
  const finish = { configFile: configOf(dataFolder), secrets: store, clock: createSteppedClock() };
  return finishRestore({ ...finish, dataFolder, logger: silentLogger });
}

it('a restore moves what is in it, and keeps that too', async () => {
  const old = fill('old');
  const before = inUse(old);
  await back(fill('new'));
  const ended = await restoreOnto(old);
  expect(inUse(old)).toEqual(inUse(join(root, 'new')));
  expect(ended).toMatchObject({ kind: 'applied' });
  expect(inUse('kept' in ended ? ended.kept : '')).toEqual(before);
});

it('one that fails for want of room there puts everything back', async () => {
  const old = fill('old');
  const before = inUse(old);
  await back(fill('new'));
  volume.full = true;
  const ended = await restoreOnto(old);
  expect(ended).toMatchObject({ kind: 'undone', problem: { reason: { code: 'disk-full' } } });
  expect(inUse(old)).toEqual(before);
});

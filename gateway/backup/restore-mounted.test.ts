/** The conversations may lie on a volume of their own, which cannot be renamed and is another file system. */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { createSteppedClock } from '../testing/clock.ts';
import { configOf, inUse, memoryStore, restoreKit } from '../testing/restore-kit.ts';
import { silentLogger } from '../testing/silent-logger.ts';
import { finishRestore } from './finish.ts';
import type { Rename } from './move.ts';

vi.mock('../state/master-key.ts', () => import('../testing/quick-master-key.ts'));

const { root, fill, back, prepare } = restoreKit();

const refused = (code: string): Promise<never> =>
  Promise.reject(Object.assign(new Error(`${code}: refused`), { code }));

/** No test can mount anything: this refuses what the system does. @param full it has no room for what is new */
function renameAround(volume: string, full: boolean): Rename {
  const isIn = (path: string): boolean => path.startsWith(`${volume}/`);
  return (from, to) => {
    if ([from, to].includes(volume)) return refused('EBUSY');
    if (isIn(from) === isIn(to)) return rename(from, to);
    return refused(full && isIn(to) && from.includes('/restore/files/') ? 'ENOSPC' : 'EXDEV');
  };
}

async function restoreOnto(dataFolder: string, full = false) {
  const { store } = memoryStore();
  await prepare(dataFolder, store);
  return finishRestore({
    dataFolder,
    configFile: configOf(dataFolder),
    secrets: store,
    clock: createSteppedClock(),
    logger: silentLogger,
    rename: renameAround(join(dataFolder, 'conversations'), full),
  });
}

it('a restore moves what is in it, and keeps that too', async () => {
  const old = fill('old');
  const before = inUse(old);
  await back(fill('new'));
  const ended = await restoreOnto(old);
  expect(inUse(old)).toEqual(inUse(join(root(), 'new')));
  expect(ended).toMatchObject({ kind: 'applied' });
  expect(inUse('kept' in ended ? ended.kept : '')).toEqual(before);
});

it('one that fails for want of room there puts everything back', async () => {
  const old = fill('old');
  const before = inUse(old);
  await back(fill('new'));
  const ended = await restoreOnto(old, true);
  expect(ended).toMatchObject({ kind: 'undone', problem: { reason: { code: 'disk-full' } } });
  expect(inUse(old)).toEqual(before);
});

/** A restore that waits for its keys, since the store took some of them and then no more. */
import { readdirSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { finishRestore, restoreProblem } from '../backup/finish.ts';
import { SecretStoreError } from '../core/ports.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { configOf, inUse, memoryStore, restoreKit } from '../testing/restore-kit.ts';
import { silentLogger } from '../testing/silent-logger.ts';
import { steppedBackups } from '../testing/stepped-backups.ts';

vi.mock('../state/master-key.ts', () => import('../testing/quick-master-key.ts'));

const { fill, back, prepare } = restoreKit();

async function waiting() {
  await back(fill('new'));
  const folder = fill('old');
  const { store, held } = memoryStore({ 'openai/main': 'sk-old' });
  await prepare(folder, store);
  const finished = await finishRestore({
    dataFolder: folder,
    configFile: configOf(folder),
    clock: createSteppedClock(),
    logger: silentLogger,
    secrets: {
      ...store,
      async set(name, value) {
        await store.set(name, value);
        throw new SecretStoreError('unavailable', 'The store is full.');
      },
    },
  });
  const { backups } = steppedBackups(
    folder,
    {},
    {},
    { configFile: configOf(folder), secrets: store, restoreProblem: restoreProblem(finished) },
  );
  return { folder, held, backups };
}

it('is told, with why', async () => {
  const { backups } = await waiting();
  expect(backups.restoreProblem()).toMatchObject({
    code: 'restore-waits',
    text: expect.stringContaining('The store is full. The next start'),
  });
});

it('can be dropped, with those that came already, and is told no more', async () => {
  const { folder, held, backups } = await waiting();
  const before = inUse(folder);
  expect(held.get('openai/main')).toBe('sk-kept');
  await backups.drop();
  expect(Object.fromEntries(held)).toEqual({ 'openai/main': 'sk-old' });
  expect(inUse(folder)).toEqual(before);
  expect(readdirSync(folder).filter((name) => name.includes('restore'))).toEqual([]);
  expect(backups.restoreProblem()).toBeNull();
});

it('leaves a key alone that was entered since', async () => {
  const { held, backups } = await waiting();
  held.set('openai/main', 'sk-mine');
  await backups.drop();
  expect(held.get('openai/main')).toBe('sk-mine');
});

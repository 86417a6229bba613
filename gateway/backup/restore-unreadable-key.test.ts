/** One key of the store is damaged: a back-up that has it is just what mends that. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import type { SecretStore } from '../core/ports.ts';
import { readSealed, writeSealed } from '../state/sealed-format.ts';
import { createSealedSecrets } from '../state/sealed-secrets.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { configOf, inUse, restoreKit } from '../testing/restore-kit.ts';
import { silentLogger } from '../testing/silent-logger.ts';
import { finishRestore } from './finish.ts';

vi.mock('../state/master-key.ts', () => import('../testing/quick-master-key.ts'));

const { root, fill, back, prepare } = restoreKit();

const options = (dataFolder: string, secrets: SecretStore) => ({
  dataFolder,
  configFile: configOf(dataFolder),
  secrets,
  clock: createSteppedClock(),
  logger: silentLogger,
});

/** The record of one key opens under no name but its own. */
async function withDamagedKey(): Promise<SecretStore> {
  const file = join(root(), 'secrets.sealed');
  const store = createSealedSecrets({
    file,
    master: { kind: 'passphrase', passphrase: 'a master passphrase' },
  });
  await store.set('openai/main', 'sk-old');
  await store.set('openai/other', 'sk-other');
  const content = readSealed(readFileSync(file, 'utf8'));
  if (typeof content === 'string') throw new Error(content);
  const { records } = content;
  const other = records['openai/other'];
  if (other === undefined) throw new Error('It is not in the file');
  writeFileSync(file, writeSealed({ ...content, records: { ...records, 'openai/main': other } }));
  return store;
}

it('is replaced by that of the back-up', async () => {
  await back(fill('new'));
  const old = fill('old');
  const store = await withDamagedKey();
  await prepare(old, store);
  const ended = await finishRestore(options(old, store));
  expect(ended).toMatchObject({ kind: 'applied' });
  expect(await store.get('openai/main')).toBe('sk-kept');
  expect(await store.get('openai/other')).toBe('sk-other');
});

it('cannot be put back where the restore fails later, which is said', async () => {
  await back(fill('new'));
  const old = fill('old');
  const before = inUse(old);
  const store = await withDamagedKey();
  await prepare(old, store);
  const ended = await finishRestore({
    ...options(old, store),
    step(name) {
      if (name === 'cleared') throw new Error('no room');
    },
  });
  expect(ended).toMatchObject({ kind: 'undone', problem: { code: 'restore-undone-keys' } });
  expect(inUse(old)).toEqual(before);
  expect(await store.get('openai/main')).toBe('sk-kept');
});

it('is as it was where the restore fails before that comes', async () => {
  await back(fill('new'));
  const old = fill('old');
  const store = await withDamagedKey();
  await prepare(old, store);
  const failing: SecretStore = { ...store, set: () => Promise.reject(new Error('failed')) };
  const ended = await finishRestore(options(old, failing));
  expect(ended).toMatchObject({ kind: 'undone', problem: { code: 'restore-undone' } });
  await expect(store.get('openai/main')).rejects.toMatchObject({ problem: 'unreadable' });
});

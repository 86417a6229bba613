/** A restore that fails is taken back, wherever it does, and no start fails over it. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { SecretStoreError, type SecretStore } from '../core/ports.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { configOf, inUse, memoryStore, restoreKit } from '../testing/restore-kit.ts';
import { silentLogger } from '../testing/silent-logger.ts';
import { finishRestore, giveUpRestore } from './finish.ts';
import { undoRestore } from './undo.ts';

vi.mock('../state/master-key.ts', () => import('../testing/quick-master-key.ts'));

const { root, fill, back, prepare } = restoreKit();

/** Two keys, one of which the back-up has too. */
const KEYS = { 'openai/main': 'sk-old', 'openai/other': 'sk-other' };
const options = (dataFolder: string, secrets: SecretStore) => ({
  dataFolder,
  configFile: configOf(dataFolder),
  secrets,
  clock: createSteppedClock(),
  logger: silentLogger,
});
/** Only what is there while a restore is under way. */
const ofRestore = (folder: string): readonly string[] =>
  readdirSync(folder).filter((name) => name.includes('restore'));

it('and everything is as it was: files, configuration and keys', async () => {
  await back(fill('new'));
  for (let after = 0; ; after += 1) {
    const old = fill(`old${after}`);
    // Not in the back-up, and the other way round.
    writeFileSync(join(old, 'views.json'), 'old');
    rmSync(join(old, 'hits.json'));
    if (after % 2 === 0) rmSync(join(old, 'config.yaml'));
    const before = inUse(old);
    const { store, held } = memoryStore(KEYS);
    await prepare(old, store);
    let steps = 0;
    const ended = await finishRestore({
      ...options(old, store),
      step() {
        steps += 1;
        if (steps === after + 1) throw new Error('failed');
      },
    });
    if (ended.kind === 'applied') break;
    expect(ended).toMatchObject({ kind: 'undone', problem: { code: 'restore-undone' } });
    expect(inUse(old)).toEqual(before);
    expect(Object.fromEntries(held)).toEqual(KEYS);
    expect(ofRestore(old)).toEqual([]);
    expect(await finishRestore(options(old, store))).toEqual({ kind: 'none' });
  }
});

it('and a kill meanwhile leaves it to the next start: all of the old, or all of the new', async () => {
  await back(fill('new'));
  const wanted = inUse(join(root(), 'new'));
  for (let after = 0; ; after += 1) {
    const old = fill(`old${after}`);
    const before = inUse(old);
    const { store, held } = memoryStore(KEYS);
    await prepare(old, store);
    const steps: string[] = [];
    const first = options(old, store);
    // It fails at its last step, and the undoing is killed.
    await finishRestore({
      ...first,
      step(name) {
        steps.push(name);
        if (name === 'placed' && steps.filter((one) => one === name).length === 5) throw new Error('failed');
        if (steps.filter((one) => ['taken out', 'put back', 'keys'].includes(one)).length > after) {
          throw new Error('killed');
        }
      },
    }).catch(() => undefined);
    const whole = !existsSync(join(old, 'restore'));
    const next = after % 2 === 0 ? await finishRestore(first) : await undoRestore(first);
    const isNew = 'kind' in next && next.kind === 'applied';
    expect(inUse(old)).toEqual(isNew ? wanted : before);
    expect(Object.fromEntries(held)).toEqual(isNew ? { ...KEYS, 'openai/main': 'sk-kept' } : KEYS);
    if (whole) break;
  }
});

it('says which keys cannot be vouched for where their store is gone by then', async () => {
  await back(fill('new'));
  const old = fill('old');
  const before = inUse(old);
  const { store, held } = memoryStore(KEYS);
  await prepare(old, store);
  let gone = false;
  const leaving: SecretStore = {
    ...store,
    get: (name) => (gone ? Promise.reject(new SecretStoreError('unavailable', 'locked')) : store.get(name)),
  };
  const ended = await finishRestore({
    ...options(old, leaving),
    step(name) {
      gone ||= name === 'taken';
      if (name === 'cleared') throw new Error('no room');
    },
  });
  expect(ended).toMatchObject({ kind: 'undone', problem: { code: 'restore-undone-keys' } });
  expect(inUse(old)).toEqual(before);
  expect(held.get('openai/main')).toBe('sk-kept');
});

it('that waits for its keys can be given up, with those that came already', async () => {
  await back(fill('new'));
  const old = fill('old');
  const before = inUse(old);
  const { store, held } = memoryStore(KEYS);
  await prepare(old, store);
  const full: SecretStore = {
    ...store,
    async set(name, value) {
      await store.set(name, value);
      throw new SecretStoreError('unavailable', 'no more');
    },
  };
  expect(await finishRestore(options(old, full))).toMatchObject({ kind: 'waits' });
  expect(ofRestore(old)).toEqual(['restore']);
  expect(await giveUpRestore(options(old, store))).toEqual({ keys: true });
  expect(inUse(old)).toEqual(before);
  expect(Object.fromEntries(held)).toEqual(KEYS);
  expect(ofRestore(old)).toEqual([]);
});

it('that cannot be taken back either says where everything lies, and the next start does it', async () => {
  await back(fill('new'));
  const old = fill('old');
  const before = inUse(old);
  const { store } = memoryStore(KEYS);
  await prepare(old, store);
  const failing = finishRestore({
    ...options(old, store),
    step(name) {
      if (name === 'cleared' || name === 'put back') throw new Error('the disk is gone');
    },
  });
  await expect(failing).rejects.toThrow(/It lies in .*before-restore-.*nothing is lost/);
  await undoRestore(options(old, store));
  expect(inUse(old)).toEqual(before);
  expect(readFileSync(join(old, 'log.db'), 'utf8')).toBe('old');
});

it('whose journal cannot be read is not taken for none: what it has moved would be lost', async () => {
  await back(fill('new'));
  const old = fill('old');
  const { store } = memoryStore(KEYS);
  await prepare(old, store);
  const journal = join(old, 'restore', 'ready.json');
  const text = readFileSync(journal, 'utf8');
  rmSync(journal);
  mkdirSync(journal);
  await expect(finishRestore(options(old, store))).rejects.toThrow(/ready\.json cannot be read/);
  rmSync(journal, { recursive: true });
  writeFileSync(journal, text);
  expect(await finishRestore(options(old, store))).toMatchObject({ kind: 'applied' });
});

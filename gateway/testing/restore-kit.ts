/** Data folders whose every file says one word, a back-up of them, and a restore of that which can be cut short. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { makeBackup } from '../backup/make.ts';
import { prepareRestore, type PreparedRestore } from '../backup/prepare.ts';
import { createNodeConfigFile } from '../config/node-file.ts';
import { SecretStoreError, type ConfigFile, type SecretStore } from '../core/ports.ts';
import { silentLogger } from './silent-logger.ts';

export const PASSPHRASE = 'correct horse battery';
/** When every back-up is made, and every restore prepared, Unix ms. */
export const NOW = Date.UTC(2026, 10, 26);

export function memoryStore(
  values: Readonly<Record<string, string>> = {},
  kind: SecretStore['kind'] = 'sealed',
) {
  const held = new Map(Object.entries(values));
  const store: SecretStore = {
    kind,
    get(name) {
      const value = held.get(name);
      if (value === undefined) return Promise.reject(new SecretStoreError('not-found', 'none'));
      return Promise.resolve(value);
    },
    set: (name, value) => Promise.resolve(void held.set(name, value)),
    delete: (name) => Promise.resolve(void held.delete(name)),
  };
  return { store, held };
}

/** Files of conversations are named by their bytes. */
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const copyOf = (folder: string) => ({
  copy: (to: string) => {
    writeFileSync(to, readFileSync(join(folder, 'log.db')));
    return Promise.resolve(6);
  },
  stopCopy: () => undefined,
});

export const configOf = (dataFolder: string): ConfigFile =>
  createNodeConfigFile({ path: join(dataFolder, 'config.yaml'), dataFolder, logger: silentLogger });

/** Everything in use, with the word it says. */
export function inUse(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !/^(?:before-restore|restore)/.test(name))
    .filter((name) => /\.\w+|[0-9a-f]{64}$/.test(name));
  return Object.fromEntries(names.toSorted().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** A step that throws once so many have gone by. */
export function kill(after: number): () => void {
  let steps = 0;
  return () => {
    steps += 1;
    if (steps > after) throw new Error('killed');
  };
}

/** A folder for each test that runs; the back-up lies there as `some.swbackup`. */
export function restoreKit() {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'switchyard-restore-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const root = (): string => folder;
  const file = (): string => join(folder, 'some.swbackup');
  return {
    root,
    file,
    /** A data folder whose every file says `word`. */
    fill: (word: string): string => {
      const filled = join(folder, word);
      mkdirSync(join(filled, 'conversations', 'files'), { recursive: true });
      writeFileSync(join(filled, 'config.yaml'), `# ${word}\nserver: { port: 8001 }\n`);
      for (const name of ['budgets.json', 'hits.json', 'log.db', 'signatures.jsonl']) {
        writeFileSync(join(filled, name), word);
      }
      writeFileSync(join(filled, 'conversations', `${word}-conversation.json`), word);
      writeFileSync(join(filled, 'conversations', 'files', hashOf(word)), word);
      return filled;
    },
    back: (folder: string, sealed = true, history = true): Promise<number> =>
      makeBackup({
        file: file(),
        app: '1.0.0',
        now: NOW,
        dataFolder: folder,
        log: history ? copyOf(folder) : null,
        config: readFileSync(join(folder, 'config.yaml'), 'utf8'),
        inForce: [],
        sealed: sealed ? { passphrase: PASSPHRASE, secrets: { 'openai/main': 'sk-kept' } } : null,
        call: { cancelled: () => false, onCancel: () => undefined, told: () => undefined },
      }),
    prepare: (
      dataFolder: string,
      store: SecretStore | null,
      step?: (name: string) => void,
    ): Promise<PreparedRestore> =>
      prepareRestore({
        file: file(),
        passphrase: PASSPHRASE,
        dataFolder,
        configFile: configOf(dataFolder),
        secrets: store,
        logSchema: 6,
        now: NOW,
        cancelled: () => false,
        ...(step && { step }),
      }),
  };
}

/**
 * Secrets in one encrypted file, for hosts without a keychain. The file is replaced as a whole and the
 * version before it is kept; whatever is wrong with it, it is never overwritten nor deleted, only reported.
 * An older copy put back is seen by the number kept beside it; replacing both together is not seen.
 */
import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { SecretStoreError } from '../core/ports.ts';
import type { SecretStore } from '../core/ports.ts';
import { causeOf, inSentences, say } from '../core/sayings.ts';
import { deriveKey } from './master-key.ts';
import type { MasterKey } from './master-key.ts';
import { readSealed, seal, unseal, writeSealed } from './sealed-format.ts';
import type { Sealed, SealedContent } from './sealed-format.ts';

/** Name and text of the record that proves the master key. */
const CHECK = 'switchyard';

/** A file that was read and opened, with the text it was read from. */
interface Loaded {
  readonly text: string;
  readonly content: SealedContent;
  readonly key: Buffer;
}

/** Keeps secrets in `file` under `master`; the file is made with the first secret. */
export function createSealedSecrets(options: {
  readonly file: string;
  readonly master: MasterKey;
}): SecretStore {
  const { file, master } = options;
  const previous = `${file}.previous`;
  const numberFile = `${file}.generation`;
  const derived = new Map<string, Promise<Buffer>>();
  let writes: Promise<unknown> = Promise.resolve();

  const unavailable = (...why: readonly Told[]): SecretStoreError =>
    new SecretStoreError('unavailable', inSentences(why));
  const goBack = say('sealed-before', { previous, path: file, number: numberFile });

  /** Derivation is slow on purpose; once per salt is enough. */
  const keyFor = (salt: string): Promise<Buffer> => {
    const known = derived.get(salt) ?? deriveKey(master, Buffer.from(salt, 'base64'));
    derived.set(salt, known);
    return known;
  };

  const refuseOlderCopy = async (content: SealedContent): Promise<void> => {
    const newest = Number((await readIfThere(numberFile)) ?? 0);
    if (content.generation >= newest) return;
    throw unavailable(
      say('sealed-older', { path: file, held: content.generation, newest, number: numberFile }),
    );
  };

  /** The opened file, undefined without one. */
  const load = async (): Promise<Loaded | undefined> => {
    const text = await readIfThere(file);
    if (text === undefined) return undefined;
    const content = readSealed(text);
    if (content === 'newer') {
      throw unavailable(say('sealed-newer', { path: file }));
    }
    if (content === 'torn') {
      throw unavailable(say('sealed-torn', { path: file }), goBack);
    }
    if (content === 'damaged') {
      throw unavailable(say('sealed-damaged', { path: file }), goBack);
    }
    const key = await keyFor(content.salt);
    if (unseal(key, CHECK, content.check) !== CHECK) {
      throw new SecretStoreError('locked', say('sealed-other-key', { path: file }));
    }
    await refuseOlderCopy(content);
    return { text, content, key };
  };

  const create = async (): Promise<Loaded> => {
    if ((await readIfThere(previous)) !== undefined) {
      throw unavailable(say('sealed-missing', { path: file }), goBack, say('sealed-anew', { previous }));
    }
    const salt = randomBytes(16).toString('base64');
    const key = await keyFor(salt);
    const check = seal(key, CHECK, CHECK);
    const content = { format: 'switchyard-secrets-1', generation: 0, salt, check, records: {} } as const;
    return { text: '', content, key };
  };

  /** The number is written last: a crash in between leaves it behind the file, which is no roll-back. */
  const store = async (loaded: Loaded, records: SealedContent['records']): Promise<void> => {
    const generation = loaded.content.generation + 1;
    if (loaded.text !== '') await replaceFile(previous, loaded.text);
    await replaceFile(file, writeSealed({ ...loaded.content, generation, records }));
    await replaceFile(numberFile, `${generation}\n`);
  };

  /** One change at a time, each on what the one before wrote. */
  const serialised = (change: () => Promise<void>): Promise<void> => {
    const result = writes.then(change).catch((error: unknown) => {
      if (error instanceof SecretStoreError) throw error;
      throw unavailable(say('file-fails', { path: file }, causeOf(error)));
    });
    writes = result.catch(() => undefined);
    return result;
  };

  return {
    kind: 'sealed',
    async get(name) {
      const loaded = await load();
      const record = loaded && recordOf(loaded.content, name);
      if (loaded === undefined || record === undefined) {
        throw new SecretStoreError('not-found', say('no-secret', { name, path: file }));
      }
      const value = unseal(loaded.key, name, record);
      if (value === undefined) {
        throw new SecretStoreError(
          'unreadable',
          inSentences([say('sealed-record', { name, path: file }), goBack]),
        );
      }
      return value;
    },
    set: (name, value) =>
      serialised(async () => {
        const loaded = (await load()) ?? (await create());
        await store(loaded, { ...loaded.content.records, [name]: seal(loaded.key, name, value) });
      }),
    delete: (name) =>
      serialised(async () => {
        const loaded = await load();
        if (loaded === undefined || recordOf(loaded.content, name) === undefined) return;
        const others = Object.entries(loaded.content.records).filter(([other]) => other !== name);
        await store(loaded, Object.fromEntries(others));
      }),
  };
}

const recordOf = (content: SealedContent, name: string): Sealed | undefined =>
  Object.hasOwn(content.records, name) ? content.records[name] : undefined;

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new SecretStoreError('unavailable', say('path-unread', { path }, causeOf(error)));
  }
}

/** Replaces a file as a whole: aside, synced, renamed, the rename synced too. */
async function replaceFile(path: string, text: string): Promise<void> {
  const aside = `${path}.next`;
  const handle = await open(aside, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(aside, path);
  await syncFolder(dirname(path));
}

/** Windows has no such call and needs none. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

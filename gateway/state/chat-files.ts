/**
 * Files of the playground's messages, each under the hash of its bytes in a folder. One that no conversation names
 * is removed an hour after anybody last had it, so what is not sent yet, and what an undo brings back, is still there.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { causeOf, say } from '../core/sayings.ts';
import type { Logger } from '../core/ports.ts';
import { replaceFile } from './replace-file.ts';

export interface ChatFiles {
  /** Resolves with the hash when it is on disk. @throws ChatFileError */
  put(bytes: Uint8Array): Promise<string>;
  /** Undefined when it is not there. @throws ChatFileError `unreadable` */
  get(hash: string): Promise<Uint8Array | undefined>;
  /** These stay for an hour from now: somebody still wants them, or an undo may bring back what named them. */
  hold(hashes: readonly string[]): Promise<void>;
  /** Removes what nobody names. Never rejects. */
  sweep(named: ReadonlySet<string>): Promise<void>;
}

/** Its message is a sentence for a person. */
export class ChatFileError extends Error {
  readonly problem: 'too-large' | 'full' | 'unreadable' | 'unwritable';
  readonly told: Told;

  constructor(problem: ChatFileError['problem'], told: Told, cause?: unknown) {
    super(told.text, { cause });
    this.told = told;
    this.name = 'ChatFileError';
    this.problem = problem;
  }
}

/** Bytes of one file and of all. */
export const CHAT_FILE_LIMITS = { file: 10_000_000, all: 1_000_000_000 } as const;

/** ms */
const KEPT_UNNAMED = 3_600_000;
const HASH = /^[0-9a-f]{64}$/;

/** @param options.folder made with the first file @param options.now Unix ms */
export function createChatFiles(options: {
  readonly folder: string;
  readonly logger: Logger;
  readonly now: () => number;
  readonly limits?: { readonly file: number; readonly all: number };
}): ChatFiles {
  const { folder, logger, now, limits = CHAT_FILE_LIMITS } = options;
  let writes: Promise<unknown> = Promise.resolve();

  const touch = (hash: string): Promise<void> => utimes(join(folder, hash), now() / 1_000, now() / 1_000);

  async function names(): Promise<readonly string[]> {
    return readdir(folder).catch(whereMissing<string[]>([]));
  }

  async function used(): Promise<number> {
    const found = await names();
    const sizes = await Promise.all(
      found.map((name) => stat(join(folder, name)).then(({ size }) => size, whereMissing(0))),
    );
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  async function write(hash: string, bytes: Uint8Array): Promise<string> {
    const known = await touch(hash).then(() => true, whereMissing(false));
    if (known) return hash;
    if ((await used()) + bytes.length > limits.all) {
      throw new ChatFileError('full', say('files-full', { most: megabytes(limits.all) }));
    }
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await replaceFile(join(folder, hash), bytes);
    await touch(hash);
    return hash;
  }

  /** One after the other, so that two of the same do not meet. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = writes.then(act);
    writes = turn.catch(() => undefined);
    return turn;
  }

  return {
    async put(bytes) {
      if (bytes.length > limits.file) {
        throw new ChatFileError(
          'too-large',
          say('file-too-large', { size: megabytes(bytes.length), most: megabytes(limits.file) }),
        );
      }
      const hash = createHash('sha256').update(bytes).digest('hex');
      return inTurn(() => write(hash, bytes)).catch((error: unknown) => {
        if (error instanceof ChatFileError) throw error;
        throw new ChatFileError('unwritable', say('file-unkept', { folder }, causeOf(error)), error);
      });
    },

    async get(hash) {
      if (!HASH.test(hash)) return undefined;
      try {
        const bytes = await readFile(join(folder, hash)).catch(whereMissing(undefined));
        // That it could not be noted keeps nobody from reading it.
        if (bytes !== undefined) await touch(hash).catch(() => undefined);
        return bytes;
      } catch (error) {
        throw new ChatFileError('unreadable', say('file-unread', { folder }, causeOf(error)), error);
      }
    },

    async hold(hashes) {
      await Promise.all(hashes.map((hash) => touch(hash).catch(() => undefined)));
    },

    sweep: (named) =>
      inTurn(async () => {
        for (const name of await names()) {
          if (HASH.test(name) && named.has(name)) continue;
          const { mtimeMs } = await stat(join(folder, name));
          if (now() - mtimeMs > KEPT_UNNAMED) await rm(join(folder, name), { force: true });
        }
      }).catch((error: unknown) => {
        logger.warn('Files of chats that nobody needs could not be removed', {
          folder,
          error: reason(error),
        });
      }),
  };
}

/** For what need not be there. */
const whereMissing =
  <T>(instead: T) =>
  (error: unknown): T => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return instead;
    throw error;
  };

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);

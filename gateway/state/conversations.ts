/**
 * The playground's conversations, one file each in a folder. A file is replaced as a whole, so a killed process
 * leaves the version before; one that cannot be read is set aside and never deleted.
 */
import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { causeOf, say } from '../core/sayings.ts';
import type {
  ConversationChange,
  ConversationList,
  ConversationToPut,
  KeptConversation,
  SavedConversation,
} from '../../contract/rpc/procedures/conversations.ts';
import type { Logger } from '../core/ports.ts';
import type { ChatFiles } from './chat-files.ts';
import {
  HEAD_BYTES,
  headOf,
  MOST_FILES,
  readConversation,
  readHead,
  writeConversation,
  type Head,
  type Read,
} from './conversations-file.ts';
import { replaceFile } from './replace-file.ts';

export interface Conversations {
  /** Newest first. @throws ConversationError `unreadable` */
  list(): Promise<ConversationList>;
  /** Undefined when there is none. @throws ConversationError `damaged`, `newer`, `unreadable` */
  get(id: string): Promise<KeptConversation | undefined>;
  /**
   * Resolves when it is on disk.
   * @param conversation one that says which revision it was made of replaces no other
   * @throws ConversationError `changed`, `too-large`, `newer`, `unwritable`, `unreadable`
   */
  put(conversation: ConversationToPut): Promise<SavedConversation>;
  /** Removing what is not there is no error. @throws ConversationError `unwritable`, `unreadable` */
  remove(id: string): Promise<void>;
  /** Resolves when nothing is being written any more. */
  settled(): Promise<void>;
}

/** Its message is a sentence for a person. */
export class ConversationError extends Error {
  readonly problem: 'changed' | 'too-large' | 'damaged' | 'newer' | 'unreadable' | 'unwritable';
  readonly told: Told;

  constructor(problem: ConversationError['problem'], told: Told, cause?: unknown) {
    super(told.text, { cause });
    this.told = told;
    this.name = 'ConversationError';
    this.problem = problem;
  }
}

/** How much is kept. */
export interface ConversationLimits {
  readonly count: number;
  /** Bytes of one file. */
  readonly bytes: number;
}

export const CONVERSATION_LIMITS: ConversationLimits = { count: 1_000, bytes: 16_777_216 };

/** Files whose heads are read at once. */
const READ_AT_ONCE = 32;
const FILE = /^([a-z0-9-]{8,64})\.json$/;
const ASIDE = /^\..*\.tmp$/;

/**
 * @param options.folder made with the first conversation
 * @param options.files what the turns' files are kept in
 * @param options.changed called when one was saved, or is gone
 */
export function createConversations(options: {
  readonly folder: string;
  readonly logger: Logger;
  readonly files: Pick<ChatFiles, 'hold' | 'sweep'>;
  readonly changed?: (change: ConversationChange) => void;
  readonly limits?: ConversationLimits;
}): Conversations {
  const { folder, logger, files, changed = () => undefined, limits = CONVERSATION_LIMITS } = options;
  const setAside: string[] = [];
  /** Written by a newer Switchyard: left as they are. */
  const newer = new Set<string>();
  /** Of those that were saved since the start. */
  const revisions = new Map<string, string>();
  /** Those whose head cannot be read name files too, but nobody knows which. */
  let allRead = true;
  let loading: Promise<Map<string, Head>> | undefined;
  let writes: Promise<unknown> = Promise.resolve();

  const pathOf = (id: string): string => join(folder, `${id}.json`);

  /** What there is, read once when somebody first asks. */
  function known(): Promise<Map<string, Head>> {
    loading ??= reading(folder, load).catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  }

  async function load(): Promise<Map<string, Head>> {
    const found = new Map<string, Head>();
    allRead = true;
    const names = await readdir(folder).catch(whereMissing([]));
    for (const name of names.filter((one) => ASIDE.test(one))) await rm(join(folder, name), { force: true });
    const ids = names.flatMap((name) => FILE.exec(name)?.[1] ?? []);
    for (let at = 0; at < ids.length; at += READ_AT_ONCE) {
      const some = ids.slice(at, at + READ_AT_ONCE);
      const heads = await Promise.all(some.map(async (id) => ({ id, read: await readHeadOf(id) })));
      for (const { id, read } of heads) {
        const head = read === null ? undefined : await accept(id, read);
        if (head?.summary.id === id) found.set(id, head);
        else allRead = false;
      }
    }
    await sweep(found);
    return found;
  }

  /** One that cannot be read for now must not hide the others. */
  function readHeadOf(id: string): Promise<Read<Head> | null> {
    return firstBytes(pathOf(id)).then(readHead, (error: unknown) => {
      logger.warn('A conversation cannot be read', { file: pathOf(id), error: reason(error) });
      return null;
    });
  }

  /** Files that no conversation has any more. One that could not be read may have any of them. */
  async function sweep(all: ReadonlyMap<string, Head>): Promise<void> {
    if (allRead) await files.sweep(new Set([...all.values()].flatMap((head) => head.files)));
  }

  /** @returns what was read; undefined after it was put out of the way */
  async function accept<T>(id: string, read: Read<T>): Promise<T | undefined> {
    if (read.kind === 'ok') return read.value;
    const path = pathOf(id);
    if (read.kind === 'newer') {
      newer.add(id);
      logger.warn('A conversation was written by a newer Switchyard and is left as it is', { file: path });
      return undefined;
    }
    const aside = `${path}.damaged`;
    await rename(path, aside);
    setAside.push(aside);
    logger.warn('A conversation could not be read and was set aside', { file: aside });
    return undefined;
  }

  /** One write after the other, so that the last one given is the one that stays. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = writes.then(act);
    writes = turn.catch(() => undefined);
    return turn;
  }

  /** @returns null where there is none */
  async function revisionNow(id: string): Promise<string | null> {
    const text = await readFile(pathOf(id), 'utf8').catch(whereMissing(null));
    return text === null ? null : revisionOf(text);
  }

  function forget(id: string, all: Map<string, Head>): void {
    all.delete(id);
    revisions.delete(id);
    changed({ id, saved: null });
  }

  async function makeRoom(all: Map<string, Head>): Promise<void> {
    const oldestFirst = [...all.values()].sort(
      (left, right) => left.summary.updatedAt - right.summary.updatedAt,
    );
    for (const {
      summary: { id },
    } of oldestFirst.slice(0, Math.max(0, all.size - limits.count))) {
      await rm(pathOf(id), { force: true });
      forget(id, all);
      logger.info('The oldest conversation was removed to make room', {
        conversation: id,
        kept: limits.count,
      });
    }
  }

  return {
    async list() {
      const all = [...(await known()).values()].map(({ summary }) => summary);
      return {
        conversations: all.sort((left, right) => right.updatedAt - left.updatedAt),
        setAside: [...setAside],
      };
    },

    async get(id) {
      const all = await known();
      if (newer.has(id)) throw writtenByNewer(folder);
      if (!all.has(id)) return undefined;
      const text = await readFile(pathOf(id), 'utf8').catch(whereMissing(undefined));
      if (text === undefined) {
        all.delete(id);
        return undefined;
      }
      const conversation = await accept(id, readConversation(text));
      if (conversation !== undefined) return { ...conversation, revision: revisionOf(text) };
      all.delete(id);
      if (newer.has(id)) throw writtenByNewer(folder);
      throw new ConversationError('damaged', say('chat-damaged', { folder }));
    },

    async put({ revision: madeOf, ...conversation }) {
      const text = writeConversation(conversation);
      const bytes = Buffer.byteLength(text);
      if (bytes > limits.bytes) {
        throw new ConversationError(
          'too-large',
          say('chat-large', { size: megabytes(bytes), most: megabytes(limits.bytes) }),
        );
      }
      const head = headOf(conversation);
      if (head.files.length > MOST_FILES) {
        throw new ConversationError(
          'too-large',
          say('chat-files', { fileCount: head.files.length, most: MOST_FILES }),
        );
      }
      const all = await known();
      return inTurn(async () => {
        const { id } = conversation;
        if (newer.has(id)) throw writtenByNewer(folder);
        if (madeOf !== undefined && all.has(id)) {
          const now = revisions.get(id) ?? (await reading(folder, () => revisionNow(id)));
          // Where it is gone, nothing is lost by bringing it back.
          if (now !== null && now !== madeOf) throw new ConversationError('changed', say('chat-changed'));
        }
        await writing(folder, async () => {
          await mkdir(folder, { recursive: true, mode: 0o700 });
          await replaceFile(pathOf(id), text);
        });
        const earlier = all.get(id)?.files ?? [];
        all.set(id, head);
        const saved = { ...head.summary, revision: revisionOf(text) };
        revisions.set(id, saved.revision);
        const gone = earlier.filter((hash) => !head.files.includes(hash));
        if (gone.length > 0) await files.hold(gone);
        changed({ id, saved });
        await writing(folder, () => makeRoom(all));
        return saved;
      });
    },

    async remove(id) {
      const all = await known();
      await inTurn(async () => {
        if (newer.has(id)) throw writtenByNewer(folder);
        await writing(folder, () => rm(pathOf(id), { force: true }));
        const gone = all.get(id)?.files ?? [];
        forget(id, all);
        await files.hold(gone);
        await sweep(all);
      });
    },

    async settled() {
      await writes;
    },
  };
}

async function firstBytes(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

async function reading<T>(folder: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw new ConversationError('unreadable', say('chats-unread', { folder }, causeOf(error)), error);
  }
}

async function writing<T>(folder: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw new ConversationError('unwritable', say('chat-unsaved', { folder }, causeOf(error)), error);
  }
}

/** For what need not be there. */
const whereMissing =
  <T>(instead: T) =>
  (error: unknown): T => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return instead;
    throw error;
  };

const revisionOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

const writtenByNewer = (folder: string): ConversationError =>
  new ConversationError('newer', say('chat-newer', { folder }));

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const megabytes = (bytes: number): string => (bytes / 1_048_576).toFixed(1);

/**
 * The signature vault: in memory, and beside it a file of lines. Lines are only added to the file; when more than
 * half of it is void it is written anew aside and renamed, so that a killed process loses the last moments and
 * never what it kept before.
 */
import type { Clock, Logger } from '../core/ports.ts';
import type { SignatureVault } from '../core/signature-vault.ts';
import { createSignatureFile } from './signature-file.ts';
import { readKept, writeLine } from './signature-lines.ts';
import { createShelf, pour, SIGNATURE_LIMITS, type SignatureLimits } from './signature-shelf.ts';

/** From an entry to the write it goes out with, ms. */
const FLUSH_DELAY = 250;
/** Void bytes a file may hold besides as many as are of use. */
const SLACK = 1024 * 1024;
/** What is too old is looked for this often, ms. */
const EXPIRY_PAUSE = 60 * 60 * 1_000;

/** Forgets with the process. */
export function createMemorySignatures(
  clock: Clock,
  limits: SignatureLimits = SIGNATURE_LIMITS,
): SignatureVault {
  const shelf = createShelf(clock, limits);
  return {
    ready: () => Promise.resolve(),
    put(key, kept) {
      const head = { key, at: clock.wall() };
      const line = writeLine(head, kept);
      if (line !== undefined) shelf.put(head, line);
    },
    get(key) {
      const line = shelf.get(key);
      return line === undefined ? undefined : readKept(line);
    },
    close: () => Promise.resolve(),
  };
}

/** @param options.file in a folder that is there; made with the first entry, read when the vault is first used */
export function createSignatures(options: {
  readonly file: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits?: SignatureLimits;
}): SignatureVault {
  const { clock, logger, limits = SIGNATURE_LIMITS } = options;
  const file = createSignatureFile(options.file, limits.lineBytes);
  const unwritten = new Set<string>();
  let shelf = createShelf(clock, limits);
  let loading: Promise<void> | undefined;
  let writing = true;
  let writes: Promise<void> = Promise.resolve();
  let cancelFlush: (() => void) | undefined;
  let expiredAt = clock.monotonic();

  /** One after the other; the first that fails is the last that was tried. */
  function onDisk(act: () => Promise<void>): Promise<void> {
    writes = writes.then(async () => {
      if (!writing) return;
      try {
        await act();
      } catch (error) {
        writing = false;
        unwritten.clear();
        await file.close().catch(() => undefined);
        const reason = error instanceof Error ? error.message : String(error);
        logger.warn('Signatures of reasoning are kept in memory only: their file cannot be used', {
          file: options.file,
          error: reason,
        });
      }
    });
    return writes;
  }
  // Where the vault is not used any more nobody reads the file, and nothing would remove what is too old.
  void onDisk(() => file.removeIfOlder(clock.wall() - limits.age));

  function load(): Promise<void> {
    loading ??= onDisk(async () => {
      const older = createShelf(clock, limits);
      await file.read((head, line) => older.put(head, line));
      // What was put meanwhile is newer.
      pour(shelf, older);
      shelf = older;
      if (file.bytes > 2 * shelf.bytes + SLACK) await rewrite();
    });
    return loading;
  }

  async function rewrite(): Promise<void> {
    unwritten.clear();
    await file.replace(shelf.lines());
  }

  async function flush(): Promise<void> {
    const now = clock.monotonic();
    const due = now - expiredAt >= EXPIRY_PAUSE;
    if (due) expiredAt = now;
    const expired = due ? shelf.expire() : 0;
    if (expired > 0 || file.bytes > 2 * shelf.bytes + SLACK) return rewrite();
    const lines = [...unwritten].flatMap((key) => shelf.peek(key) ?? []);
    unwritten.clear();
    await file.append(lines);
  }

  return {
    ready: load,
    put(key, kept) {
      void load();
      const head = { key, at: clock.wall() };
      const line = writeLine(head, kept);
      if (line === undefined) return;
      shelf.put(head, line);
      if (!writing) return;
      unwritten.add(key);
      cancelFlush ??= clock.after(FLUSH_DELAY, () => {
        cancelFlush = undefined;
        void onDisk(flush);
      });
    },
    get(key) {
      void load();
      const line = shelf.get(key);
      const kept = line === undefined ? undefined : readKept(line);
      if (kept === undefined) shelf.remove(key);
      return kept;
    },
    async close() {
      cancelFlush?.();
      if (unwritten.size > 0) void onDisk(flush);
      await onDisk(() => file.close());
      writing = false;
    },
  };
}

/**
 * A small file that follows what it keeps a moment later: written whole, aside and then renamed, and never while a
 * request waits for it. A killed process loses that moment and nothing else.
 */
import { open, rename } from 'node:fs/promises';
import type { Clock, Logger } from '../core/ports.ts';

/** Its owner only. */
const MODE = 0o600;

export interface LateFile {
  /** Something changed; `text` is asked when it is written. */
  changed(text: () => string): void;
  /** Resolves when everything is written. */
  close(): Promise<void>;
}

export interface LateFileOptions {
  /** In a folder that is there. */
  readonly file: string;
  /** From a change to the write it goes out with, ms. */
  readonly delay: number;
  /** What is logged where it cannot be written. */
  readonly failure: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

export function createLateFile({ file, delay, failure, clock, logger }: LateFileOptions): LateFile {
  let waiting: (() => string) | undefined;
  let cancel: (() => void) | undefined;
  let writes: Promise<void> = Promise.resolve();
  let failed = false;

  async function write(text: string): Promise<void> {
    const aside = `${file}.next`;
    const handle = await open(aside, 'w', MODE);
    try {
      await handle.writeFile(text);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(aside, file);
  }

  function flush(): void {
    cancel?.();
    cancel = undefined;
    const text = waiting;
    waiting = undefined;
    if (text === undefined) return;
    writes = writes.then(async () => {
      try {
        await write(text());
        failed = false;
      } catch (error) {
        // Once: a full disk would say so with every request.
        if (!failed)
          logger.warn(failure, { file, error: error instanceof Error ? error.message : String(error) });
        failed = true;
      }
    });
  }

  return {
    changed(text) {
      waiting = text;
      cancel ??= clock.after(delay, flush);
    },
    close() {
      flush();
      return writes;
    },
  };
}

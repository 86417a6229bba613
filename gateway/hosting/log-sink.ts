/**
 * Where log lines go: one write at a time off the main thread, so that neither a slow disk nor a terminal
 * that was halted with Ctrl-S stops the gateway. Beyond a few megabytes lines are dropped and counted.
 */
import { write } from 'node:fs';

/** Characters waiting at most. */
const MOST_WAITING = 4_194_304;
/** A pipe somebody made non-blocking is full: looked at again after this time, ms. */
const RETRY = 50;
/** From one write to the next, ms: a write wakes a thread twice, which costs far more than a line does. */
const REST = 100;

export interface LogSink {
  /** Never blocks, never throws. */
  write(line: string): void;
  /** Resolves when everything written so far is out, or cannot be. */
  flush(): Promise<void>;
  /** Flushes, then closes the file. */
  close(): Promise<void>;
}

/** The console: file descriptor 1 or 2. Who closed it wants no lines. */
export function consoleSink(descriptor: 1 | 2): LogSink {
  return createSink({ put: (bytes, done) => write(descriptor, bytes, done) }, () => undefined);
}

/** What lines are written to; one write at a time. */
export interface LogTarget {
  put(bytes: Buffer, done: (error: NodeJS.ErrnoException | null, written: number) => void): void;
}

/** @param failed told once about each run of failures */
export function createSink(target: LogTarget, failed: (error: Error) => void): LogSink {
  let waiting = '';
  let dropped = 0;
  let writing = false;
  let failing = false;
  let idle: (() => void)[] = [];
  let resting: NodeJS.Timeout | undefined;

  const next = (): void => {
    resting = undefined;
    if (dropped > 0 && waiting.length < MOST_WAITING) {
      waiting += `${dropped} log lines were dropped: they came faster than they could be written.\n`;
      dropped = 0;
    }
    if (waiting === '') {
      writing = false;
      const done = idle;
      idle = [];
      for (const resolve of done) resolve();
      return;
    }
    const bytes = Buffer.from(waiting);
    waiting = '';
    put(bytes);
  };

  const rest = (): void => {
    if (idle.length > 0) next();
    else resting = setTimeout(next, REST);
  };

  const put = (bytes: Buffer): void => {
    target.put(bytes, (error, written) => {
      if (error !== null && error.code === 'EAGAIN') {
        setTimeout(() => put(bytes), RETRY);
        return;
      }
      if (error !== null) {
        if (!failing) failed(error);
        failing = true;
        return rest();
      }
      failing = false;
      if (written < bytes.byteLength) put(bytes.subarray(written));
      else rest();
    });
  };

  const flush = (): Promise<void> => {
    if (!writing) return Promise.resolve();
    const done = new Promise<void>((resolve) => idle.push(resolve));
    if (resting !== undefined) {
      clearTimeout(resting);
      next();
    }
    return done;
  };

  return {
    write(line) {
      if (waiting.length > MOST_WAITING) {
        dropped += 1;
        return;
      }
      waiting += line;
      if (writing) return;
      writing = true;
      // Lines of one turn of the event loop leave in one write.
      setImmediate(next);
    },
    flush,
    close: flush,
  };
}

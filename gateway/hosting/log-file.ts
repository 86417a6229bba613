/** A log file that is put aside when it is full; so many older ones are kept beside it, the newest as `.1`. */
import { close, fstatSync, mkdirSync, open, openSync, write } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createSink, type LogSink } from './log-sink.ts';

export interface Rotation {
  /** Bytes; the write that would pass it goes into a new file. */
  readonly maxSize: number;
  /** Files in all, the current one included. */
  readonly maxFiles: number;
}

/**
 * Appended to; its folder is made. Readable by its owner alone.
 * @param rotation in force now; asked before each write
 * @param failed told once about each run of failures, e.g. a full disk
 * @throws Error of node:fs when it cannot be opened
 */
export function fileSink(path: string, rotation: () => Rotation, failed: (error: Error) => void): LogSink {
  mkdirSync(dirname(path), { recursive: true });
  let descriptor = openSync(path, 'a', 0o600);
  let size = fstatSync(descriptor).size;

  const append = (
    bytes: Buffer,
    done: (error: NodeJS.ErrnoException | null, written: number) => void,
  ): void =>
    write(descriptor, bytes, (error, written) => {
      size += written;
      done(error, written);
    });

  /** The file in use stays open until the new one is there: what cannot be put aside is written on. */
  async function begin(maxFiles: number): Promise<void> {
    // Somebody may have cleared the folder away while the file was open.
    await mkdir(dirname(path), { recursive: true });
    await putAside(path, maxFiles);
    const next = await new Promise<number>((resolve, reject) => {
      open(path, 'a', 0o600, (error, opened) => (error ? reject(error) : resolve(opened)));
    });
    const full = descriptor;
    descriptor = next;
    size = 0;
    close(full, () => undefined);
  }

  const sink = createSink(
    {
      put(bytes, done) {
        const { maxSize, maxFiles } = rotation();
        if (size === 0 || size + bytes.length <= maxSize) return append(bytes, done);
        begin(maxFiles).then(
          () => append(bytes, done),
          (error: unknown) => {
            failed(error instanceof Error ? error : new Error(String(error)));
            append(bytes, done);
          },
        );
      },
    },
    failed,
  );
  return {
    ...sink,
    async close() {
      await sink.flush();
      await new Promise<void>((resolve) => {
        close(descriptor, (error) => {
          if (error) failed(error);
          resolve();
        });
      });
    },
  };
}

/** Each older file moves one number up; those beyond the count are deleted, also after it was lowered. */
async function putAside(path: string, maxFiles: number): Promise<void> {
  const name = basename(path);
  const numbers = (await readdir(dirname(path)))
    .filter((file) => file.startsWith(`${name}.`))
    .map((file) => file.slice(name.length + 1))
    .filter((rest) => /^[1-9]\d{0,3}$/.test(rest))
    .map(Number)
    .sort((left, right) => right - left);
  const aside = (number: number): string => join(dirname(path), `${name}.${number}`);
  for (const number of numbers) {
    if (number >= maxFiles - 1) await rm(aside(number), { force: true });
    else await rename(aside(number), aside(number + 1));
  }
  if (maxFiles === 1) await rm(path, { force: true });
  else await rename(path, aside(1)).catch(unlessGone);
}

/** What was deleted need not be put aside. */
function unlessGone(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}

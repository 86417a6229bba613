/** The file of the signature vault. Every method throws what the file system says; one is called at a time. */
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { readHead, type LineHead } from './signature-lines.ts';

/** Bytes read at once; between two reads requests have their turn. */
const READ_BYTES = 256 * 1024;
/** Bytes written at once. */
const SLAB_BYTES = 1024 * 1024;
const LINE_END = 10;
const LINE_ENDS = Buffer.from('\n');
/** Its owner only. */
const MODE = 0o600;

export interface SignatureFile {
  /** Bytes it holds, as far as they are known. */
  readonly bytes: number;
  /** Gives every line there is, the oldest first. No file is an empty one. */
  read(each: (head: LineHead, line: Buffer) => void): Promise<void>;
  append(lines: readonly Buffer[]): Promise<void>;
  /** These lines and no others. */
  replace(lines: readonly Buffer[]): Promise<void>;
  /** Removes the file where nothing was written to it since `time`, Unix ms. */
  removeIfOlder(time: number): Promise<void>;
  close(): Promise<void>;
}

/** @param longest bytes of a line; longer ones are not read */
export function createSignatureFile(path: string, longest: number): SignatureFile {
  const aside = `${path}.next`;
  let handle: FileHandle | undefined;
  let bytes = 0;

  async function forAppending(): Promise<FileHandle> {
    if (handle !== undefined) return handle;
    handle = await open(path, 'a', MODE);
    await handle.chmod(MODE);
    // A line that a killed process left unfinished must not run into the next one.
    await handle.appendFile(LINE_ENDS);
    return handle;
  }

  async function close(): Promise<void> {
    await handle?.datasync();
    await handle?.close();
    handle = undefined;
  }

  return {
    get bytes() {
      return bytes;
    },

    async read(each) {
      // Of a rewriting that was cut short.
      await rm(aside, { force: true });
      const source = await open(path, 'r').catch(whereMissing);
      if (source === undefined) return;
      try {
        const cut = createLineCutter(longest, (line) => {
          const head = readHead(line);
          if (head !== undefined) each(head, line);
        });
        const buffer = Buffer.alloc(READ_BYTES);
        bytes = 0;
        for (;;) {
          const { bytesRead } = await source.read(buffer, 0, READ_BYTES, bytes);
          if (bytesRead === 0) return;
          bytes += bytesRead;
          cut(buffer.subarray(0, bytesRead));
        }
      } finally {
        await source.close();
      }
    },

    async append(lines) {
      if (lines.length === 0) return;
      const target = await forAppending();
      for (const slab of slabs(lines)) {
        await target.appendFile(slab);
        bytes += slab.length;
      }
    },

    async replace(lines) {
      const next = await open(aside, 'w', MODE);
      let written = 0;
      try {
        for (const slab of slabs(lines)) {
          await next.appendFile(slab);
          written += slab.length;
        }
        await next.sync();
      } finally {
        await next.close();
      }
      // Windows renames over no file that is open.
      await close();
      await rename(aside, path);
      bytes = written;
    },

    async removeIfOlder(time) {
      const found = await stat(path).catch(whereMissing);
      if (found !== undefined && found.mtimeMs < time) await rm(path, { force: true });
    },

    close,
  };
}

/**
 * Gives whole lines with their ends, in buffers of their own; a last one without an end is left out. Chunks may be
 * overwritten afterwards.
 */
function createLineCutter(longest: number, each: (line: Buffer) => void): (chunk: Buffer) => void {
  let pieces: Buffer[] = [];
  let length = 0;

  return (chunk) => {
    let start = 0;
    for (let end = chunk.indexOf(LINE_END); end >= 0; end = chunk.indexOf(LINE_END, start)) {
      const last = chunk.subarray(start, end + 1);
      start = end + 1;
      if (length + last.length <= longest) each(Buffer.concat([...pieces, last]));
      pieces = [];
      length = 0;
    }
    const rest = chunk.subarray(start);
    length += rest.length;
    // Of one that is too long only its length still matters.
    pieces = length <= longest ? [...pieces, Buffer.from(rest)] : [];
  };
}

/** Lines joined into fewer, larger writes. */
function* slabs(lines: readonly Buffer[]): Generator<Buffer> {
  let some: Buffer[] = [];
  let length = 0;
  for (const line of lines) {
    some.push(line);
    length += line.length;
    if (length < SLAB_BYTES) continue;
    yield Buffer.concat(some);
    some = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(some);
}

function whereMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}

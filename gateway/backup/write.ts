/** Writes a back-up: aside, synced and then renamed, so that a file of that name is always a whole one. */
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { zstdCompress } from 'node:zlib';
import { say } from '../core/sayings.ts';
import { deriveKey } from '../state/master-key.ts';
import { seal } from '../state/sealed-format.ts';
import { FRAME, FRAME_HEAD, nonceOf, PIECE, PREAMBLE, PROOF, TAG } from './format.ts';
import type { BackupHead, Manifest } from './format.ts';
import { BackupError } from './problem.ts';

const compress = promisify(zstdCompress);
/** Its owner only. */
const MODE = 0o600;

export interface PartSource {
  readonly name: string;
  /** Its bytes, in pieces of any length. */
  readonly pieces: () => AsyncIterable<Uint8Array>;
}

export interface WriteOptions {
  readonly file: string;
  readonly head: Omit<BackupHead, 'seal'>;
  /** Null: nothing is sealed. */
  readonly passphrase: string | null;
  readonly parts: Iterable<PartSource> | AsyncIterable<PartSource>;
  readonly cancelled: () => boolean;
  /** Hears how many bytes of the parts are written, after each piece. */
  readonly told: (bytes: number) => void;
}

/** @throws BackupError when it was taken back; what the file system says. Nothing stays behind then. */
export async function writeBackup(options: WriteOptions): Promise<Manifest> {
  const aside = `${options.file}.partial`;
  await rm(aside, { force: true });
  const handle = await open(aside, 'wx', MODE);
  try {
    const manifest = await writeAll(options, async (bytes) => {
      await handle.writeFile(bytes);
    });
    await handle.sync();
    await handle.close();
    await rename(aside, options.file);
    return manifest;
  } catch (error) {
    await handle.close();
    await rm(aside, { force: true });
    throw error;
  }
}

async function writeAll(options: WriteOptions, write: (bytes: Buffer) => Promise<void>): Promise<Manifest> {
  const checksum = createHash('sha256');
  const put = async (...pieces: readonly Buffer[]): Promise<void> => {
    const bytes = Buffer.concat(pieces);
    checksum.update(bytes);
    await write(bytes);
  };
  const { key, head } = await sealedHead(options.head, options.passphrase);
  const headBytes = Buffer.from(JSON.stringify(head));
  await put(PREAMBLE, frameHead(FRAME.head, headBytes.length), headBytes);

  let frames = 0;
  const frame = async (kind: number, bytes: Buffer): Promise<void> => {
    const content = key === null ? bytes : sealFrame(key, (frames += 1), kind, headBytes, bytes);
    await put(frameHead(kind, content.length), content);
  };
  const parts: Manifest['parts'][number][] = [];
  let total = 0;
  for await (const { name, pieces } of options.parts) {
    await frame(FRAME.part, Buffer.from(JSON.stringify({ name })));
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const piece of evenPieces(pieces())) {
      if (options.cancelled()) throw new BackupError('cancelled', say('backup-stopped'));
      hash.update(piece);
      bytes += piece.length;
      await frame(FRAME.data, await compress(piece));
      options.told((total += piece.length));
    }
    parts.push({ name, bytes, sha256: hash.digest('hex') });
  }
  await frame(FRAME.end, Buffer.from(JSON.stringify({ parts })));
  await write(checksum.digest());
  return { parts };
}

async function sealedHead(
  head: Omit<BackupHead, 'seal'>,
  passphrase: string | null,
): Promise<{ readonly key: Buffer | null; readonly head: BackupHead }> {
  if (passphrase === null) return { key: null, head: { ...head, seal: null } };
  const salt = randomBytes(16);
  const key = await deriveKey({ kind: 'passphrase', passphrase }, salt);
  return {
    key,
    head: { ...head, seal: { salt: salt.toString('base64'), check: seal(key, PROOF, PROOF) } },
  };
}

function frameHead(kind: number, length: number): Buffer {
  const head = Buffer.alloc(FRAME_HEAD);
  head.writeUInt8(kind, 0);
  head.writeUInt32BE(length, 1);
  return head;
}

function sealFrame(key: Buffer, frame: number, kind: number, head: Buffer, bytes: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(frame), { authTagLength: TAG });
  cipher.setAAD(Buffer.concat([Buffer.of(kind), head]));
  return Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** The same bytes in pieces of PIECE, but for the last. */
async function* evenPieces(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    for (let start = 0; start < piece.length;) {
      const some = piece.subarray(start, start + PIECE - length);
      waiting.push(some);
      length += some.length;
      start += some.length;
      if (length < PIECE) continue;
      yield Buffer.concat(waiting);
      waiting = [];
      length = 0;
    }
  }
  if (length > 0) yield Buffer.concat(waiting);
}

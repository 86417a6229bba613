/** Reads a back-up. The whole file is checked before the first piece of it is given out. */
import { createDecipheriv, createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import type * as z from 'zod/mini';
import { say } from '../core/sayings.ts';
import { deriveKey } from '../state/master-key.ts';
import { unseal } from '../state/sealed-format.ts';
import {
  CHECKSUM,
  FORMAT,
  FRAME,
  FRAME_HEAD,
  headSchema,
  LONGEST_FRAME,
  MAGIC,
  manifestSchema,
  nonceOf,
  partSchema,
  PIECE,
  PREAMBLE,
  PROOF,
  TAG,
} from './format.ts';
import type { BackupHead, Manifest } from './format.ts';
import { BackupError } from './problem.ts';

const decompress = promisify(zstdDecompress);

/** What stands in a back-up, in order. */
export type BackupPiece =
  | { readonly kind: 'part'; readonly name: string }
  | { readonly kind: 'data'; readonly bytes: Buffer }
  | { readonly kind: 'end'; readonly manifest: Manifest };

interface Frame {
  readonly kind: number;
  readonly content: Buffer;
  /** Where the next one begins. */
  readonly next: number;
}

/** Only what stands at the beginning, unchecked; for lists. @throws BackupError */
export async function readHead(file: string): Promise<BackupHead> {
  const handle = await open(file, 'r');
  try {
    return (await headOf(handle, file)).head;
  } finally {
    await handle.close();
  }
}

/**
 * Checks the whole of a back-up and then gives what is in it.
 * @param passphrase asked only where it has one
 * @throws BackupError; what the file system says
 */
export async function* readBackup(
  file: string,
  passphrase: string | null,
  cancelled: () => boolean = () => false,
): AsyncGenerator<BackupPiece> {
  const handle = await open(file, 'r');
  try {
    const { head, bytes, next } = await headOf(handle, file);
    const end = await checkWhole(handle, file, cancelled);
    const key = await keyOf(head, passphrase, file);
    let number = 0;
    if (next >= end) throw damaged(file);
    for (let at = next; at < end;) {
      if (cancelled()) throw new BackupError('cancelled', say('restore-stopped'));
      const frame = await readFrame(handle, at, end, file);
      at = frame.next;
      const content = key === null ? frame.content : openFrame(key, (number += 1), frame, bytes, file);
      const piece = await pieceOf(frame.kind, content, file);
      if ((piece.kind === 'end') !== (at === end)) throw damaged(file);
      yield piece;
    }
  } finally {
    await handle.close();
  }
}

const damaged = (file: string): BackupError => new BackupError('damaged', say('backup-torn', { path: file }));

async function headOf(
  handle: FileHandle,
  file: string,
): Promise<{ readonly head: BackupHead; readonly bytes: Buffer; readonly next: number }> {
  const start = (await readAt(handle, 0, 40)).toString('latin1');
  const format = start.startsWith(MAGIC) ? /^(\d{1,9})\n/.exec(start.slice(MAGIC.length))?.[1] : undefined;
  if (format === undefined) throw damaged(file);
  if (Number(format) > FORMAT) {
    throw new BackupError('newer', say('backup-newer', { path: file, found: Number(format), known: FORMAT }));
  }
  const { size } = await handle.stat();
  const frame = await readFrame(handle, PREAMBLE.length, size, file);
  if (frame.kind !== FRAME.head) throw damaged(file);
  return { head: parsed(headSchema, frame.content, file), bytes: frame.content, next: frame.next };
}

/** @returns where the checksum begins */
async function checkWhole(handle: FileHandle, file: string, cancelled: () => boolean): Promise<number> {
  const end = (await handle.stat()).size - CHECKSUM;
  const hash = createHash('sha256');
  for (let at = 0; at < end; at += PIECE) {
    if (cancelled()) throw new BackupError('cancelled', say('restore-stopped'));
    hash.update(await readAt(handle, at, Math.min(PIECE, end - at)));
  }
  if (end < 0 || !hash.digest().equals(await readAt(handle, end, CHECKSUM))) throw damaged(file);
  return end;
}

async function keyOf({ seal }: BackupHead, passphrase: string | null, file: string): Promise<Buffer | null> {
  if (seal === null) return null;
  if (passphrase === null || passphrase === '') {
    throw new BackupError('passphrase', say('backup-under-passphrase', { path: file }));
  }
  const key = await deriveKey({ kind: 'passphrase', passphrase }, Buffer.from(seal.salt, 'base64'));
  if (unseal(key, PROOF, seal.check) !== PROOF) {
    throw new BackupError('passphrase', say('backup-other-passphrase', { path: file }));
  }
  return key;
}

async function readFrame(handle: FileHandle, at: number, end: number, file: string): Promise<Frame> {
  const head = await readAt(handle, at, FRAME_HEAD);
  if (head.length < FRAME_HEAD) throw damaged(file);
  const length = head.readUInt32BE(1);
  const next = at + FRAME_HEAD + length;
  if (length > LONGEST_FRAME || next > end) throw damaged(file);
  const content = await readAt(handle, at + FRAME_HEAD, length);
  if (content.length < length) throw damaged(file);
  return { kind: head.readUInt8(0), content, next };
}

function openFrame(
  key: Buffer,
  number: number,
  { kind, content }: Frame,
  head: Buffer,
  file: string,
): Buffer {
  if (content.length < TAG) throw damaged(file);
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number), { authTagLength: TAG });
  decipher.setAAD(Buffer.concat([Buffer.of(kind), head]));
  decipher.setAuthTag(content.subarray(-TAG));
  try {
    return Buffer.concat([decipher.update(content.subarray(0, -TAG)), decipher.final()]);
  } catch {
    throw damaged(file);
  }
}

async function pieceOf(kind: number, content: Buffer, file: string): Promise<BackupPiece> {
  switch (kind) {
    case FRAME.part:
      return { kind: 'part', name: parsed(partSchema, content, file).name };
    case FRAME.data:
      return { kind: 'data', bytes: await expanded(content, file) };
    case FRAME.end:
      return { kind: 'end', manifest: parsed(manifestSchema, content, file) };
    default:
      throw damaged(file);
  }
}

async function expanded(content: Buffer, file: string): Promise<Buffer> {
  try {
    return await decompress(content, { maxOutputLength: PIECE });
  } catch {
    throw damaged(file);
  }
}

function parsed<Schema extends z.ZodMiniType>(
  schema: Schema,
  content: Buffer,
  file: string,
): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(content.toString('utf8')));
  } catch {
    throw damaged(file);
  }
}

async function readAt(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.max(0, length));
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, at + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

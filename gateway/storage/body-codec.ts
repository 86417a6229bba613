/** A body on its way into the database and out of it: redacted as one text, then compressed. */
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { BodyState, StoredBody } from '../../contract/log/row.ts';
import type { Redactor } from '../core/redact.ts';
import type { SentBody } from './messages.ts';

export type BodyEncoding = 'plain' | 'zstd';

/** One body as columns of `bodies`. */
export interface EncodedBody {
  readonly state: BodyState;
  /** Bytes of the original, before any cap. */
  readonly bytes: number;
  readonly encoding: BodyEncoding;
  readonly content: Uint8Array | null;
}

/** Below this many bytes a frame costs more time than it saves space. */
const PLAIN_BYTES = 512;

const NOT_KEPT: EncodedBody = { state: 'not-kept', bytes: 0, encoding: 'plain', content: null };

/** @param slab bytes of all bodies of the batch; never kept, so that its memory can go */
export function encodeBody(sent: SentBody | null, slab: Uint8Array, redactor: Redactor): EncodedBody {
  if (sent === null) return NOT_KEPT;
  if (sent.dropped) return { ...NOT_KEPT, state: 'dropped', bytes: sent.bytes };
  const original = Buffer.from(slab.buffer, slab.byteOffset + sent.offset, sent.length);
  const text = original.toString('utf8');
  const clean = redactor.text(text);
  const content = clean === text ? original : Buffer.from(clean);
  const state = sent.truncated ? 'truncated' : 'stored';
  const packed = content.length < PLAIN_BYTES ? content : zstdCompressSync(content);
  return packed.length < content.length
    ? { state, bytes: sent.bytes, encoding: 'zstd', content: packed }
    : { state, bytes: sent.bytes, encoding: 'plain', content };
}

/** Bytes that are no UTF-8 become U+FFFD. @throws when the stored frame is damaged */
export function decodeBody(stored: EncodedBody): StoredBody {
  const { state, bytes, encoding, content } = stored;
  if (content === null) return { state, text: '', bytes };
  const plain = encoding === 'zstd' ? zstdDecompressSync(content) : Buffer.from(content);
  return { state, text: plain.toString('utf8'), bytes };
}

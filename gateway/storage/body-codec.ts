/**
 * The two bodies of a request on their way into the database and out of it: each redacted as one text, both
 * compressed as one block, because a frame of its own costs a small body more than its content does.
 */
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { BodyState, StoredBody } from '../../contract/log/row.ts';
import type { Redactor } from '../core/redact.ts';
import type { SentBody } from './messages.ts';

/** What is known of one body beside the block. */
export interface BodyFacts {
  readonly state: BodyState;
  /** Bytes of the original, before any cap. */
  readonly bytes: number;
  /** Bytes it takes in the uncompressed block. */
  readonly length: number;
}

/** The block holds the request first, then the response. */
export interface EncodedBodies {
  readonly request: BodyFacts;
  readonly response: BodyFacts;
  readonly encoding: 'plain' | 'zstd';
  readonly block: Uint8Array;
}

/** Below this many bytes a frame costs more time than it saves space. */
const PLAIN_BYTES = 512;

const NOTHING = Buffer.alloc(0);

interface Cleaned {
  readonly facts: BodyFacts;
  readonly content: Buffer;
}

/** @param slab bytes of all bodies of the batch */
export function encodeBodies(
  request: SentBody | null,
  response: SentBody | null,
  slab: Uint8Array,
  redactor: Redactor,
): EncodedBodies {
  const cleanRequest = clean(request, slab, redactor);
  const cleanResponse = clean(response, slab, redactor);
  const plain = Buffer.concat([cleanRequest.content, cleanResponse.content]);
  const facts = { request: cleanRequest.facts, response: cleanResponse.facts };
  if (plain.length < PLAIN_BYTES) return { ...facts, encoding: 'plain', block: plain };
  return { ...facts, encoding: 'zstd', block: zstdCompressSync(plain) };
}

function clean(sent: SentBody | null, slab: Uint8Array, redactor: Redactor): Cleaned {
  if (sent === null) return { facts: { state: 'not-kept', bytes: 0, length: 0 }, content: NOTHING };
  const { bytes } = sent;
  if (sent.dropped) return { facts: { state: 'dropped', bytes, length: 0 }, content: NOTHING };
  const original = Buffer.from(slab.buffer, slab.byteOffset + sent.offset, sent.length);
  const text = original.toString('utf8');
  const cleanText = redactor.text(text);
  const content = cleanText === text ? original : Buffer.from(cleanText);
  return {
    facts: { state: sent.truncated ? 'truncated' : 'stored', bytes, length: content.length },
    content,
  };
}

/** Bytes that are no UTF-8 become U+FFFD. @throws when the block is damaged */
export function decodeBody(stored: EncodedBodies, part: 'request' | 'response'): StoredBody {
  const { state, bytes, length } = stored[part];
  if (length === 0) return { state, text: '', bytes };
  const plain = stored.encoding === 'zstd' ? zstdDecompressSync(stored.block) : Buffer.from(stored.block);
  const start = part === 'request' ? 0 : stored.request.length;
  return { state, text: plain.toString('utf8', start, start + length), bytes };
}

/** What bodies are stored as: pieces that many requests can share. */
import { hash } from 'node:crypto';

/** Numbers in the database; never changed. */
export const PART_KINDS = {
  message: 1,
  tools: 2,
  /** What a request has around its messages. */
  envelope: 3,
  /** What a model said: the answer as it came, or what a stream said put together (assembled-answer.ts). */
  answer: 4,
  /** The events of a stream as they came. */
  events: 5,
  instructions: 6,
} as const;
export type PartKind = keyof typeof PART_KINDS;

/** Kinds whose words are found by the full-text search, as SQL. */
export const SEARCHED_KINDS = `(${PART_KINDS.message}, ${PART_KINDS.answer}, ${PART_KINDS.instructions})`;

/** A part on its way into the database. */
export interface NewPart {
  readonly kind: PartKind;
  readonly bytes: Uint8Array;
  /** Null for what belongs to one request alone. */
  readonly hash: Uint8Array | null;
}

const HASH_BYTES = 16;

/** A part that later requests may send again. */
export function sharedPart(kind: PartKind, bytes: Uint8Array): NewPart {
  return { kind, bytes, hash: hash('sha256', bytes, 'buffer').subarray(0, HASH_BYTES) };
}

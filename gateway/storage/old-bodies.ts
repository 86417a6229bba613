/** Bodies as versions with schemas up to 3 wrote them: both of a request in one block of their own. */
import { zstdDecompressSync } from 'node:zlib';
import type { BodyState } from '../../contract/log/row.ts';

/** A row of `bodies`. The block holds the request first, then the response. */
export interface OldBodies {
  readonly sequence: number;
  readonly request_state: BodyState;
  /** Bytes of the original, before any cap. */
  readonly request_bytes: number;
  /** Bytes it takes in the uncompressed block. */
  readonly request_length: number;
  readonly response_state: BodyState;
  readonly response_bytes: number;
  readonly response_length: number;
  readonly encoding: 'plain' | 'zstd';
  readonly block: Uint8Array;
}

/** The bytes of both. @throws when the block is damaged */
export function decodeOldBodies(old: OldBodies): { readonly request: Buffer; readonly response: Buffer } {
  const plain = old.encoding === 'zstd' ? zstdDecompressSync(old.block) : Buffer.from(old.block);
  const end = old.request_length + old.response_length;
  return {
    request: plain.subarray(0, old.request_length),
    response: plain.subarray(old.request_length, end),
  };
}

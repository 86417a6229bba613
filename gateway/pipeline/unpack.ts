/** Answers of upstreams that compress although they are asked not to, or of proxies in front of them. */
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { Failure } from '../routing/outcome.ts';
import type { Receiver } from './receiver.ts';

type Unpack = (body: Uint8Array, options: { readonly maxOutputLength: number }) => Uint8Array;

const KNOWN = new Map<string, Unpack>([
  ['gzip', gunzipSync],
  ['x-gzip', gunzipSync],
  ['deflate', inflateSync],
  ['br', brotliDecompressSync],
  ['zstd', zstdDecompressSync],
]);

/** How an answer is compressed, in lower case; null where it is not. */
export function compressionOf(headers: Readonly<Record<string, string>>): string | null {
  const encoding = (headers['content-encoding'] ?? '').trim().toLowerCase();
  return encoding === '' || encoding === 'identity' ? null : encoding;
}

/** Of events, which would come whenever the upstream's buffer is full, and of what is in no form that is known. */
export const compressed = (encoding: string): Failure => ({
  kind: 'gateway',
  code: 'upstream_invalid_response',
  told: remark('answer-compressed', { encoding: encoding.slice(0, 40) }),
});

/**
 * Holds a body that is compressed and gives it to the receiver in one piece.
 * @param most bytes, packed and unpacked; an answer is never larger than what is judged as a whole, so that unpacking it
 *   at once costs milliseconds
 * @param refuse ends the attempt, and with it the call, for a body that is larger or no such thing; absent: it is taken
 *   for an empty one, and its status is what counts
 */
export function unpacking(
  receiver: Receiver,
  encoding: string | null,
  most: number,
  refuse?: (failure: Failure) => void,
): Receiver {
  if (encoding === null) return receiver;
  const held: Uint8Array[] = [];
  let bytes = 0;
  return {
    ...receiver,
    data(chunk) {
      bytes += chunk.length;
      if (bytes <= most) held.push(chunk);
      // One without end would be read until the attempt has no time left.
      else if (refuse === undefined) receiver.end();
      else refuse(compressed(encoding));
    },
    end() {
      const body = bytes <= most ? unpacked(Buffer.concat(held), encoding, most) : undefined;
      if (body === undefined && refuse !== undefined) return refuse(compressed(encoding));
      if (body !== undefined) receiver.data(body);
      receiver.end();
    },
  };
}

function unpacked(body: Uint8Array, encoding: string, most: number): Uint8Array | undefined {
  try {
    return KNOWN.get(encoding)?.(body, { maxOutputLength: most });
  } catch {
    return undefined;
  }
}

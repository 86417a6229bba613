/** Keeps a body for the log by reference: its head and its tail, so memory is bounded however long it gets. */
import type { BodyCapture } from '../core/log-store.ts';

export interface Capture {
  add(chunk: Uint8Array): void;
  readonly bytes: number;
  /** Null when nothing came. */
  take(contentType: string): BodyCapture | null;
}

/**
 * @param most bytes kept: the first half as it came, the second half as a sliding tail
 * @param keep false counts only
 */
export function createCapture(most: number, keep: boolean): Capture {
  const half = Math.floor(most / 2);
  const head: Uint8Array[] = [];
  const tail: Uint8Array[] = [];
  let headBytes = 0;
  let tailBytes = 0;
  let bytes = 0;

  return {
    get bytes() {
      return bytes;
    },
    add(chunk) {
      bytes += chunk.length;
      if (!keep) return;
      let rest = chunk;
      if (headBytes < half) {
        const part = rest.length <= half - headBytes ? rest : rest.subarray(0, half - headBytes);
        head.push(part);
        headBytes += part.length;
        rest = rest.subarray(part.length);
      }
      if (rest.length === 0) return;
      tail.push(rest);
      tailBytes += rest.length;
      for (let first = tail[0]; first !== undefined && tailBytes - first.length >= half; first = tail[0]) {
        tail.shift();
        tailBytes -= first.length;
      }
    },
    take(contentType) {
      if (!keep || bytes === 0) return null;
      return {
        chunks: [...head, ...tail],
        bytes,
        truncated: headBytes + tailBytes < bytes,
        contentType,
      };
    },
  };
}

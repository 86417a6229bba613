/** Keeps a body for the log by reference: its head and its tail, so memory is bounded however long it gets. */
import type { BodyCapture } from '../core/log-store.ts';

export interface Capture {
  add(chunk: Uint8Array): void;
  readonly bytes: number;
  /** Null when nothing came. @param arrivedAt monotonic ms from which the chunks' times count */
  take(contentType: string, arrivedAt: number): BodyCapture | null;
}

/** Chunks whose times are kept; what comes after them has none. */
const MOST_TIMES = 20_000;

/**
 * @param most bytes kept: the first half as it came, the second half as a sliding tail
 * @param now monotonic ms
 */
export function createCapture(most: number, now: () => number): Capture {
  const half = Math.floor(most / 2);
  const head: Uint8Array[] = [];
  const tail: Uint8Array[] = [];
  let headBytes = 0;
  let tailBytes = 0;
  /** Pairs of a whole millisecond and of the bytes that had come by then. */
  const times: number[] = [];

  function note(): void {
    const at = Math.floor(now());
    if (times.at(-2) === at) times[times.length - 1] = capture.bytes;
    else if (times.length < MOST_TIMES * 2) times.push(at, capture.bytes);
  }

  // A field and not a getter, which would make each of them dear.
  const capture = {
    bytes: 0,
    add(chunk: Uint8Array) {
      capture.bytes += chunk.length;
      note();
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
    take(contentType: string, arrivedAt: number): BodyCapture | null {
      if (capture.bytes === 0) return null;
      return {
        chunks: [...head, ...tail],
        bytes: capture.bytes,
        truncated: headBytes + tailBytes < capture.bytes,
        contentType,
        stream: {
          head: headBytes,
          times: times.map((value, index) => (index % 2 === 0 ? Math.max(0, value - arrivedAt) : value)),
        },
      };
    },
  };
  return capture;
}

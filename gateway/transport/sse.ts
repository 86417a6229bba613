/** Cuts a stream's bytes into runs of whole events, as they arrive and without changing a byte. */
import { remark } from '../../contract/rpc/remarks/remark.ts';
import { lastBoundary } from '../core/sse.ts';
import { failed } from '../core/failed.ts';

/** Bytes an unfinished event, and so any of its lines, may reach. */
const LONGEST_EVENT = 8 * 1024 * 1024;

export interface EventFramer {
  /**
   * Takes bytes in whatever pieces the network made of them. Every byte comes out once, in order.
   * @returns all whole events that are complete now, null when none is. Where nothing was waiting this is the
   *   given chunk or a view of it, so its memory must not be reused.
   * @throws GatewayError `sse_line_too_long`
   */
  push(chunk: Uint8Array): Uint8Array | null;
  /** The bytes of an event that never ended; null when the stream stopped behind a whole event. */
  rest(): Uint8Array | null;
}

/** @param options `maxLine`: bytes one unfinished event may reach, a bound on memory */
export function createEventFramer({ maxLine = LONGEST_EVENT } = {}): EventFramer {
  // Grows by doubling, so that an event in thousands of tiny pieces costs neither memory nor time.
  let waiting = Buffer.alloc(0);
  let waitingBytes = 0;

  function keep(bytes: Uint8Array): void {
    const needed = waitingBytes + bytes.length;
    if (needed > maxLine) {
      throw failed('sse_line_too_long', remark('event-too-long', { bytes: needed, most: maxLine }));
    }
    if (needed > waiting.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, waiting.length * 2));
      waiting.copy(larger, 0, 0, waitingBytes);
      waiting = larger;
    }
    waiting.set(bytes, waitingBytes);
    waitingBytes = needed;
  }

  function release(): Uint8Array {
    const bytes = waiting.subarray(0, waitingBytes);
    waiting = Buffer.alloc(0);
    waitingBytes = 0;
    return bytes;
  }

  return {
    push(chunk) {
      const end = lastBoundary(chunk, waitingBytes === 0 ? undefined : waiting[waitingBytes - 1]);
      if (end === 0) {
        if (chunk.length > 0) keep(chunk);
        return null;
      }
      const ended = end === chunk.length ? chunk : chunk.subarray(0, end);
      const events = waitingBytes === 0 ? ended : Buffer.concat([release(), ended]);
      if (end < chunk.length) keep(chunk.subarray(end));
      return events;
    },
    rest: () => (waitingBytes === 0 ? null : release()),
  };
}

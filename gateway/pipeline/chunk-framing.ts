/**
 * Frames a body's chunks as HTTP/1.1 wants them (RFC 9112, section 7.1). What is written within one turn of the event
 * loop goes out at its end as one chunk in one piece of memory: Node hands the system three pieces for each write,
 * which costs a stream of many small events a quarter of its time.
 */
import type { ServerResponse } from 'node:http';

const LINE_END = Buffer.from('\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');

export interface BodyWriter {
  /** @returns false when the client cannot take more for now */
  write(bytes: Uint8Array): boolean;
  /** Hands over what was written; for those who end the connection themselves. */
  flush(): void;
  end(): void;
}

/**
 * Call it behind `writeHead`, when Node has decided how the body's length is told; from then on the response's own
 * `write` and `end` are not for anybody else.
 */
export function takeFraming(response: ServerResponse): BodyWriter {
  // A length is known, or the client speaks HTTP/1.0 and the connection's end is the body's.
  if (!response.chunkedEncoding) {
    return { write: (bytes) => response.write(bytes), flush: () => undefined, end: () => response.end() };
  }
  response.chunkedEncoding = false;
  let waiting: Uint8Array[] = [];
  let ended = false;

  function flush(): void {
    if (waiting.length === 0 || ended) return;
    const chunk = framed(waiting);
    waiting = [];
    response.write(chunk);
  }

  return {
    write(bytes) {
      // An empty chunk would be the last one.
      if (bytes.length > 0) {
        if (waiting.length === 0) process.nextTick(flush);
        waiting.push(bytes);
      }
      return !response.writableNeedDrain;
    },
    flush,
    end() {
      const rest = waiting.length === 0 ? LAST_CHUNK : Buffer.concat([framed(waiting), LAST_CHUNK]);
      ended = true;
      waiting = [];
      response.end(rest);
    },
  };
}

function framed(pieces: readonly Uint8Array[]): Buffer {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const size = `${length.toString(16)}\r\n`;
  const chunk = Buffer.allocUnsafe(size.length + length + LINE_END.length);
  let at = chunk.write(size, 'latin1');
  for (const piece of pieces) {
    chunk.set(piece, at);
    at += piece.length;
  }
  chunk.set(LINE_END, at);
  return chunk;
}

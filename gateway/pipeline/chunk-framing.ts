/**
 * Frames a body's chunks as HTTP/1.1 wants them (RFC 9112, section 7.1), a small chunk in one piece of memory. Node
 * hands the system three pieces per chunk, which costs a stream of many small events a quarter of its time.
 */
import type { ServerResponse } from 'node:http';

const LINE_END = Buffer.from('\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');
/** Above this many bytes copying costs more than it saves. */
const LARGEST_COPIED = 16_384;

export interface BodyWriter {
  /** @returns false when the client cannot take more for now */
  write(bytes: Uint8Array): boolean;
  end(): void;
}

/**
 * Call it behind `writeHead`, when Node has decided how the body's length is told; from then on the response's own
 * `write` and `end` are not for anybody else.
 */
export function takeFraming(response: ServerResponse): BodyWriter {
  // A length is known, or the client speaks HTTP/1.0 and the connection's end is the body's.
  if (!response.chunkedEncoding) {
    return { write: (bytes) => response.write(bytes), end: () => response.end() };
  }
  response.chunkedEncoding = false;
  return {
    write(bytes) {
      // An empty chunk would be the last one.
      if (bytes.length === 0) return !response.writableNeedDrain;
      if (bytes.length <= LARGEST_COPIED) return response.write(framed(bytes));
      response.cork();
      response.write(`${bytes.length.toString(16)}\r\n`);
      response.write(bytes);
      const room = response.write(LINE_END);
      response.uncork();
      return room;
    },
    end: () => response.end(LAST_CHUNK),
  };
}

function framed(bytes: Uint8Array): Buffer {
  const size = `${bytes.length.toString(16)}\r\n`;
  const chunk = Buffer.allocUnsafe(size.length + bytes.length + LINE_END.length);
  chunk.write(size, 'latin1');
  chunk.set(bytes, size.length);
  chunk.set(LINE_END, size.length + bytes.length);
  return chunk;
}

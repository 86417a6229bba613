/** Sends one chat request to this gateway itself, over a connection within the process. */
import { request, type IncomingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';

export interface AnswerListener {
  head(status: number, headers: IncomingHttpHeaders): void;
  data(chunk: Uint8Array): void;
}

export interface OwnRequest {
  /**
   * Resolves when nothing more will come, however that came about: whether an answer was whole is told by the
   * answer itself. Rejects with what a listener throws.
   */
  readonly over: Promise<unknown>;
  /** Closes the connection, as any client that leaves does. */
  abort(): void;
}

/** @param program names the sender in the log */
export function sendToSelf(
  socket: Duplex,
  body: string,
  program: string,
  listener: AnswerListener,
): OwnRequest {
  const { promise: over, resolve, reject } = Promise.withResolvers<undefined>();
  const call = request({
    createConnection: () => socket,
    method: 'POST',
    path: '/v1/chat/completions',
    headers: {
      host: 'switchyard',
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      accept: 'text/event-stream',
      'user-agent': program,
    },
  });
  const guarded = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      reject(error);
      call.destroy();
    }
  };
  // Listeners are added at once and not after a promise: a broken connection drops what nobody has read yet.
  call.once('response', (response) => {
    response.on('data', (chunk: Buffer) => guarded(() => listener.data(chunk)));
    response.on('error', () => resolve(undefined));
    response.on('close', () => resolve(undefined));
    guarded(() => listener.head(response.statusCode ?? 0, response.headers));
  });
  call.on('error', () => resolve(undefined));
  call.on('close', () => resolve(undefined));
  call.end(body);
  return { over, abort: () => void call.destroy() };
}

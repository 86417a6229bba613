/** Sends one request to this gateway itself, over a connection within the process. */
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

export interface InnerRequest {
  readonly path: string;
  readonly body: string | Uint8Array;
  /** Names the sender in the log. */
  readonly program: string;
  /** Besides those that every request has; names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
}

/** `POST`, as everything is that asks a model. */
export function sendToSelf(
  socket: Duplex,
  { path, body, program, headers }: InnerRequest,
  listener: AnswerListener,
): OwnRequest {
  const { promise: over, resolve, reject } = Promise.withResolvers<undefined>();
  const call = request({
    createConnection: () => socket,
    method: 'POST',
    path,
    headers: {
      'content-type': 'application/json',
      ...headers,
      host: 'switchyard',
      'content-length': Buffer.byteLength(body),
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

/**
 * An upstream that does exactly what a test says: a raw TCP server that reads HTTP requests and lets the
 * script answer with whatever bytes it likes, or cut, reset and hang.
 */
import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Which connection it came over, counted from 1. */
  readonly connection: number;
  /** Resolves with the monotonic time at which the peer closed the connection. */
  readonly closed: Promise<number>;
  /** A whole answer with its length. */
  readonly respond: (
    status: number,
    headers: Readonly<Record<string, string>>,
    body: string | Buffer,
  ) => void;
  readonly json: (status: number, value: unknown, headers?: Readonly<Record<string, string>>) => void;
  /** A whole chunked event stream. */
  readonly sse: (events: readonly (string | Buffer)[]) => void;
  /** The head of a chunked answer. */
  readonly head: (status: number, headers: Readonly<Record<string, string>>) => void;
  /** One chunk of a chunked answer. @returns false when the peer takes no more for now */
  readonly write: (bytes: string | Buffer) => boolean;
  /** The peer takes more again. */
  readonly drained: () => Promise<unknown>;
  /** The last chunk. */
  readonly end: () => void;
  /** Bytes as they are, without any framing. */
  readonly raw: (bytes: string | Buffer) => void;
  /** FIN after what was written. */
  readonly cut: () => void;
  /** RST at once. */
  readonly reset: () => void;
  /** Never answers. */
  readonly hang: () => void;
}

export type Script = (request: FakeRequest) => unknown;

export interface FakeUpstream {
  /** Base address in the form of `base_url`. */
  readonly url: string;
  readonly port: number;
  readonly requests: readonly FakeRequest[];
  readonly openSockets: number;
  /** Runs for every request from now on. */
  readonly script: (script: Script) => void;
  /** Runs for every connection, before a request is read. */
  readonly onConnection: (listener: (socket: Socket) => void) => void;
  /** The next request nobody has asked for yet. */
  readonly nextRequest: () => Promise<FakeRequest>;
  readonly close: () => Promise<void>;
}

const REASON: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  500: 'Internal Server Error',
};

export interface FakeUpstreamOptions {
  /** Speaks TLS with this key and certificate (PEM). `reset` is not possible then. */
  readonly certificate?: { readonly key: string; readonly cert: string };
  /** Model lists are scripted too; otherwise they are answered empty, and stand in no count. */
  readonly scriptLists?: boolean;
  /** Where an earlier one was; any by default. */
  readonly port?: number;
}

export async function startFakeUpstream({
  certificate,
  scriptLists = false,
  port = 0,
}: FakeUpstreamOptions = {}): Promise<FakeUpstream> {
  const requests: FakeRequest[] = [];
  const sockets = new Set<Socket>();
  const waiting: ((request: FakeRequest) => void)[] = [];
  let taken = 0;
  let connections = 0;
  let script: Script = (request) => request.respond(404, {}, 'no script');
  let onConnection: (socket: Socket) => void = () => undefined;

  const accept = (socket: Socket): void => {
    connections += 1;
    const connection = connections;
    sockets.add(socket);
    const closed = new Promise<number>((resolve) => {
      socket.once('close', () => {
        sockets.delete(socket);
        resolve(performance.now());
      });
    });
    // A peer that goes away resets its socket; scripts look at `closed`.
    socket.on('error', () => undefined);
    onConnection(socket);
    readRequests(socket, (part) => {
      const request: FakeRequest = { ...part, connection, closed, ...answers(socket) };
      // Lists are asked for by the gateway itself; scripts are about chat.
      if (!scriptLists && request.method === 'GET' && request.path.endsWith('/models')) {
        request.json(200, { object: 'list', data: [] });
        return;
      }
      requests.push(request);
      const next = waiting.shift();
      if (next !== undefined) {
        taken += 1;
        next(request);
      }
      void script(request);
    });
  };
  const server =
    certificate === undefined
      ? createServer({ noDelay: true }, accept)
      : createTlsServer(certificate, accept).on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the fake upstream has no port');

  return {
    url:
      certificate === undefined
        ? `http://127.0.0.1:${address.port}/v1`
        : `https://localhost:${address.port}/v1`,
    port: address.port,
    requests,
    get openSockets() {
      return sockets.size;
    },
    script: (next) => {
      script = next;
    },
    onConnection: (listener) => {
      onConnection = listener;
    },
    nextRequest() {
      const ready = requests[taken];
      if (ready !== undefined) {
        taken += 1;
        return Promise.resolve(ready);
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

type RequestPart = Pick<FakeRequest, 'method' | 'path' | 'headers' | 'body'>;

/** Requests with a content-length or without a body, one after the other. */
function readRequests(socket: Socket, found: (part: RequestPart) => void): void {
  let bytes = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    for (;;) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) return;
      const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
      const headers: Record<string, string> = {};
      for (const line of lines) {
        const colon = line.indexOf(':');
        headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
      }
      const length = Number(headers['content-length'] ?? 0);
      if (bytes.length < end + 4 + length) return;
      const body = bytes.subarray(end + 4, end + 4 + length);
      bytes = bytes.subarray(end + 4 + length);
      const [method = '', path = ''] = first.split(' ');
      found({ method, path, headers, body });
    }
  });
}

function answers(socket: Socket): Omit<FakeRequest, keyof RequestPart | 'connection' | 'closed'> {
  const head = (status: number, headers: Readonly<Record<string, string>>): void => {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`HTTP/1.1 ${status} ${REASON[status] ?? 'Status'}\r\n${lines.join('')}\r\n`);
  };
  const write = (bytes: string | Buffer): boolean => {
    const chunk = Buffer.from(bytes);
    if (chunk.length === 0) return true;
    return socket.write(
      Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')]),
    );
  };
  const end = (): void => void socket.write('0\r\n\r\n');
  const chunkedHead: FakeRequest['head'] = (status, headers) =>
    head(status, { ...headers, 'transfer-encoding': 'chunked' });
  const respond: FakeRequest['respond'] = (status, headers, body) => {
    head(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) });
    socket.write(body);
  };
  return {
    respond,
    json: (status, value, headers = {}) =>
      respond(status, { 'content-type': 'application/json', ...headers }, JSON.stringify(value)),
    sse(events) {
      chunkedHead(200, { 'content-type': 'text/event-stream' });
      for (const event of events) write(event);
      end();
    },
    head: chunkedHead,
    write,
    drained: () =>
      new Promise((resolve) => {
        if (!socket.writableNeedDrain) resolve(null);
        else socket.once('drain', resolve).once('close', resolve);
      }),
    end,
    raw: (bytes) => void socket.write(bytes),
    cut: () => void socket.end(),
    reset: () => void socket.resetAndDestroy(),
    hang: () => undefined,
  };
}

/**
 * The way in for the gateway's own requests (playground, model test): connections within the process, served
 * by the same HTTP surface as any client's. They need no port, so they work where the configured one is taken.
 *
 * Who comes in here is known by the connection itself and by nothing that is said over it: the guard asks
 * `idOf`, whose answers only `open` adds to.
 */
import { createServer } from 'node:http';
import { duplexPair, type Duplex } from 'node:stream';
import type { Random } from '../core/ports.ts';
import type { HttpApp } from './app.ts';
import { SERVER_LIMITS } from './listen.ts';
import { makeRequestId } from './request-id.ts';

/** One connection for one request, the caller's end of it. */
export interface InnerConnection {
  /** Id the request is going to have. */
  readonly id: string;
  readonly socket: Duplex;
}

export interface InnerDoor {
  /** @throws Error before `serve` was called */
  open(): InnerConnection;
  /** Id of the request that comes over this connection; undefined for every connection that came by a port. */
  idOf(connection: Duplex): string | undefined;
  /** What answers; called once. */
  serve(app: HttpApp): void;
  /** Ends whatever is still open. */
  close(): void;
}

export function createInnerDoor(random: Random): InnerDoor {
  const ids = new WeakMap<Duplex, string>();
  const open = new Set<Duplex>();
  const server = createServer({
    maxHeaderSize: SERVER_LIMITS.headerBytes,
    requestTimeout: 0,
    insecureHTTPParser: false,
  });

  return {
    open() {
      if (server.listenerCount('request') === 0) throw new Error('the inner door leads nowhere yet');
      const [socket, served] = duplexPair();
      const id = makeRequestId(random);
      ids.set(served, id);
      open.add(served);
      tie(socket, served);
      served.once('close', () => open.delete(served));
      server.emit('connection', served);
      return { id, socket };
    },
    idOf: (connection) => ids.get(connection),
    serve(app) {
      server.on('request', app.handler);
    },
    close() {
      for (const served of open) served.destroy();
    },
  };
}

/** The two ends of a pair only tell each other of a good end; here a lost end is lost on both sides, as in TCP. */
function tie(socket: Duplex, served: Duplex): void {
  // Whoever reads them hears of it; a pair that nobody reads must not become an unhandled error.
  socket.on('error', () => undefined);
  served.on('error', () => undefined);
  socket.once('close', () => served.destroy());
  served.once('close', () => {
    if (!served.writableFinished) socket.destroy();
  });
}

/** Binds the configured addresses with the limits every server of ours has, and closes them in time. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock, Logger, Random } from '../core/ports.ts';
import type { HttpApp } from './app.ts';
import { answerClientError } from './client-error.ts';
import { createConnections, type Connections } from './connections.ts';
import { ListenError, listenErrorOf, type AddressSettings } from './listen-error.ts';
import { makeRequestId } from './request-id.ts';

/** Limits on what comes before a request; those on bodies are in read-body.ts. */
export interface ServerLimits {
  /** Bytes of a request's head. */
  readonly headerBytes: number;
  /** Header fields of a request; more are answered with 431. */
  readonly headerCount: number;
  /** From the opening of a connection, or its next request's first byte, to the end of the head, ms. */
  readonly headTime: number;
  /** How often that limit is enforced, ms; Node's own 30 s would let slow heads live as long. */
  readonly checkInterval: number;
  /** Idle time between two requests, ms; longer than the 60 s of usual proxies, which else meet a closed connection. */
  readonly keepAlive: number;
}

export const SERVER_LIMITS: ServerLimits = {
  headerBytes: 32_768,
  headerCount: 200,
  headTime: 15_000,
  checkInterval: 1_000,
  keepAlive: 65_000,
};

export interface ListenOptions {
  /** A name or address; `localhost` is 127.0.0.1 and, where this machine has it, ::1. */
  readonly host: string;
  /** 0 picks a free one, the same for both addresses of `localhost`. */
  readonly port: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** What a refusal names to be changed; absent: what decides of the gateway's own address. */
  readonly settings?: AddressSettings;
  /** Scaled down by tests. */
  readonly limits?: ServerLimits;
}

export interface Listening {
  /** The first bound address, such as `127.0.0.1`. */
  readonly address: string;
  readonly port: number;
  /** All bound addresses. */
  readonly addresses: readonly string[];
  /**
   * Stops accepting, closes idle and silent connections at once, each other one after its answer, and what
   * is left after `deadline` ms. Resolves when all are gone; never rejects.
   */
  close(deadline: number): Promise<void>;
}

/** Tries of a free port that turns out to be taken on the other address. */
const FREE_PORT_TRIES = 20;

interface Bound {
  readonly server: Server;
  readonly address: AddressInfo;
}

/** @throws ListenError when an address is taken, forbidden or not this machine's */
export async function listen(app: HttpApp, options: ListenOptions): Promise<Listening> {
  const connections = createConnections(options.clock);
  const host = options.host.toLowerCase().replace(/^\[|\]$/g, '');
  const bindOne = (address: string, port: number): Promise<Bound> =>
    bind(makeServer(app, connections, options), address, port, options);
  const first = await bindOne(host === 'localhost' ? '127.0.0.1' : host, options.port);
  const bound = host === 'localhost' ? await bindSecond(first, bindOne, options.port) : [first];
  const { address } = bound[0];
  return {
    address: address.address,
    port: address.port,
    addresses: bound.map((one) => one.address.address),
    close: (deadline) => connections.close(deadline),
  };
}

function makeServer(app: HttpApp, connections: Connections, options: ListenOptions): Server {
  const limits = options.limits ?? SERVER_LIMITS;
  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headTime,
    // A long upload is fine as long as it moves on; read-body.ts watches that.
    requestTimeout: 0,
    connectionsCheckingInterval: limits.checkInterval,
    keepAliveTimeout: limits.keepAlive,
    noDelay: true,
    // Whatever NODE_OPTIONS says.
    insecureHTTPParser: false,
  });
  server.maxHeadersCount = limits.headerCount;
  const serve: typeof app.handler = (request, response) => {
    connections.begin(response);
    app.handler(request, response);
  };
  server.on('request', serve);
  // A body announced with `Expect` is asked for only when the guard has let its head through.
  server.on('checkContinue', serve);
  // Without listeners for `upgrade` such a request is a plain one and meets the same guard.
  server.on('clientError', (error, socket) => {
    answerClientError(error, socket, connections.isAnswering(socket), makeRequestId(options.random));
  });
  connections.add(server);
  return server;
}

function bind(server: Server, host: string, port: number, options: ListenOptions): Promise<Bound> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void =>
      reject(listenErrorOf(error, host, port, options.settings) ?? error);
    server.once('error', failed);
    server.listen({ host, port }, () => {
      server.off('error', failed);
      // For example when file handles run out: the connection is lost, the server goes on.
      server.on('error', (error) =>
        options.logger.warn('A connection could not be accepted', { error: error.message }),
      );
      const address = server.address();
      if (address === null || typeof address === 'string') return reject(new Error(`${host} has no port`));
      resolve({ server, address });
    });
  });
}

/** Adds ::1 on the port of 127.0.0.1: tools resolve `localhost` to either. */
async function bindSecond(
  first: Bound,
  bindOne: (address: string, port: number) => Promise<Bound>,
  wishedPort: number,
): Promise<readonly [Bound, ...Bound[]]> {
  for (let tries = 1; ; tries += 1) {
    try {
      return [first, await bindOne('::1', first.address.port)];
    } catch (error) {
      // A machine without IPv6.
      if (error instanceof ListenError && error.code === 'address_unavailable') return [first];
      const closed = new Promise((done) => first.server.close(done));
      first.server.closeAllConnections();
      await closed;
      if (wishedPort !== 0 || tries === FREE_PORT_TRIES) throw error;
      first = await bindOne('127.0.0.1', 0);
    }
  }
}

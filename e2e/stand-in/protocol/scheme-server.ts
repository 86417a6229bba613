/** Serves the schemes that the app handles itself, by calling its handler for every request. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { fromWeb, toWeb } from './address.ts';

export type SchemeHandler = (request: Request) => Response | Promise<Response>;

export interface SchemeServer {
  readonly handlers: Map<string, SchemeHandler>;
  /** As Chromium loads it, and as the app knows it. */
  readonly toWeb: (address: string) => string;
  readonly fromWeb: (address: string) => string;
  /** Listens on a free port of 127.0.0.1. @returns the port */
  listen(): Promise<number>;
  close(): void;
}

export function createSchemeServer(): SchemeServer {
  const handlers = new Map<string, SchemeHandler>();
  const back = (address: string): string => fromWeb(address, [...handlers.keys()]);
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // As with Electron, a handler that throws is a failed load.
      console.error('The handler of a scheme failed:', error);
      response.destroy();
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = back(`http://${request.headers.host ?? ''}${request.url ?? '/'}`);
    const handler = handlers.get(new URL(url).protocol.slice(0, -1));
    if (handler === undefined) return void response.destroy();
    const result = await handler(await toRequest(url, request));
    response.writeHead(result.status, [...result.headers].flat());
    if (result.body === null) return void response.end();
    Readable.fromWeb(result.body).pipe(response);
  }

  async function toRequest(url: string, request: IncomingMessage): Promise<Request> {
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) {
      if (name !== 'host' && typeof value === 'string') headers.set(name, back(value));
    }
    const method = request.method ?? 'GET';
    const body = method === 'GET' || method === 'HEAD' ? null : new Uint8Array(await buffer(request));
    return new Request(url, { method, headers, body });
  }

  return {
    handlers,
    toWeb: (address) => toWeb(address, [...handlers.keys()]),
    fromWeb: back,
    listen: () =>
      new Promise((resolve) => {
        server.listen(0, '127.0.0.1', () => {
          const address = server.address();
          resolve(typeof address === 'object' && address !== null ? address.port : 0);
        });
      }),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Routes of a host on a free loopback port, behind the real HTTP surface and its guard. */
import type { IncomingMessage } from 'node:http';
import { createHttpApp } from '../http/app.ts';
import { listen } from '../http/listen.ts';
import type { Route, Session } from '../http/route.ts';
import { systemClock } from '../system-clock.ts';

export interface ServedRoutes {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** @param options.allowedHosts further names the guard lets in */
export async function serveRoutes(
  routes: readonly Route[],
  options: {
    readonly sessionOf?: (request: IncomingMessage) => Session | null;
    readonly allowedHosts?: readonly string[];
  } = {},
): Promise<ServedRoutes> {
  const shared = { clock: systemClock, random: Math.random, logger: silent };
  let port = 0;
  const app = createHttpApp({
    ...shared,
    routes,
    settings: () => ({
      loopback: true,
      port,
      allowedHosts: options.allowedHosts ?? [],
      allowedOrigins: [],
      allowedIps: [],
      allowUnauthenticated: false,
      clients: [],
    }),
    sessionOf: options.sessionOf ?? (() => null),
    redact: (text) => text,
    paused: () => false,
    instance: 'test',
  });
  const listening = await listen(app, { ...shared, host: '127.0.0.1', port: 0 });
  port = listening.port;
  return { url: `http://127.0.0.1:${port}`, port, close: () => listening.close(0) };
}

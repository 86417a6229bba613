/**
 * Opens sockets to upstreams: name, TCP, proxy and TLS under one time limit. undici's own connector and proxy
 * agent are not used, because they neither give a connection up when its call is aborted nor bound a proxy
 * that accepts and stays silent.
 */
import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { Clock } from '../core/ports.ts';
import { startWatchdog } from '../core/watchdog.ts';
import { checkLiteral, guardedLookup, lookupThrough, type Resolve } from './address-guard.ts';
import { DialFailure } from './dial-failure.ts';
import { portOf, proxyAuthorization } from './proxy-choice.ts';
import { createTlsSessions, type TlsSessions } from './tls-sessions.ts';
import { openTunnel } from './tunnel.ts';

/** Idle time after which the system asks whether the peer is still there, ms. */
const PROBE_AFTER = 60_000;

/** How a request leaves. */
export interface Route {
  /** `http://host:port` or `https://host:port`, as `URL.origin` writes it. */
  readonly origin: string;
  readonly proxy: URL | undefined;
  /** Loopback and private addresses may be dialled. */
  readonly allowPrivate: boolean;
  /** ms, for everything until the socket can be written to. */
  readonly connectTimeout: number;
}

/** Exactly one of these is called, later than the call that asked, and none after it was given up. */
export interface DialListener {
  opened(socket: Socket): void;
  failed(error: Error): void;
}

/** Begins to open a socket; the returned function gives up and closes what there is of it. */
export type Dial = (route: Route, listener: DialListener) => () => void;

export function createDial(clock: Clock, resolve: Resolve): Dial {
  const sessions = createTlsSessions();
  return (route, listener) => {
    const target = new URL(route.origin);
    /** One, or two where TLS runs through a tunnel. */
    const sockets: Socket[] = [];
    let over = false;
    const close = (): boolean => {
      if (over) return false;
      over = true;
      timer.stop();
      return true;
    };
    const giveUp = (): boolean => {
      if (!close()) return false;
      for (const socket of sockets) socket.destroy();
      return true;
    };
    const fail = (error: Error): void => {
      if (giveUp()) listener.failed(error);
    };
    const open = (to: URL, way: Way, ready: (socket: Socket) => void): void => {
      const socket = openSocket(to, way, sessions);
      sockets.push(socket);
      socket.once(to.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        if (!over) ready(socket);
      });
      // Stays for the life of the socket: once it is open, undici listens too and tells the call.
      socket.on('error', fail);
    };
    const succeed = (socket: Socket): void => {
      if (close()) listener.opened(socket);
    };
    const timer = startWatchdog(clock, route.connectTimeout, () =>
      fail(new DialFailure(remark('not-connected-in-time'), true)),
    );

    const { proxy } = route;
    try {
      // Behind a proxy this is all that can be checked: names are resolved at the far side.
      checkLiteral(target.hostname, route.allowPrivate);
    } catch (error) {
      queueMicrotask(() => fail(error instanceof Error ? error : new Error(String(error))));
      return giveUp;
    }
    if (proxy === undefined) {
      open(target, { lookup: guardedLookup(route.allowPrivate, resolve) }, succeed);
      return giveUp;
    }
    // The user names a proxy on purpose; they stand on private addresses more often than not.
    open(proxy, { lookup: lookupThrough(resolve) }, (toProxy) => {
      openTunnel(toProxy, authorityOf(target), proxyAuthorization(proxy), (failure) => {
        if (failure !== undefined) fail(failure);
        else if (target.protocol === 'https:') open(target, { tunnel: toProxy }, succeed);
        else succeed(toProxy);
      });
    });
    return giveUp;
  };
}

type Way = { readonly lookup: LookupFunction } | { readonly tunnel: Socket };

function openSocket(to: URL, way: Way, sessions: TlsSessions): Socket {
  const host = to.hostname.replace(/^\[|\]$/g, '');
  const port = portOf(to);
  const below = 'tunnel' in way ? { socket: way.tunnel } : { lookup: way.lookup };
  if (to.protocol !== 'https:') return tuned(connectTcp({ host, port, ...below }));
  const authority = authorityOf(to);
  const socket = connectTls({
    host,
    port,
    ...below,
    ALPNProtocols: ['http/1.1'],
    ...(isIP(host) === 0 ? { servername: host } : {}),
    session: sessions.get(authority),
  });
  socket.on('session', (session) => sessions.keep(authority, session));
  return tuned(socket);
}

function tuned(socket: Socket): Socket {
  return socket.setNoDelay(true).setKeepAlive(true, PROBE_AFTER);
}

function authorityOf(url: URL): string {
  return `${url.hostname}:${portOf(url)}`;
}

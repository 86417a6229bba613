/** undici dispatchers, one for each way a request can leave: proxy, address rule, connect time, fresh or kept sockets. */
import { Agent, buildConnector, ProxyAgent, type Dispatcher } from 'undici';
import { checkLiteral, guardedLookup, type Resolve } from './address-guard.ts';

/** Idle sockets are kept this long, ms; providers drop theirs at about 30 s and a shorter life avoids the race. */
const KEEP_ALIVE = 4_000;
const KEEP_ALIVE_AT_MOST = 25_000;
/** Bytes of an answer's head. */
const LARGEST_HEAD = 65_536;
/** Ways out that are kept open; the longest unused is closed first. */
const MOST = 64;

export interface Way {
  readonly proxy: string | undefined;
  readonly allowPrivate: boolean;
  /** ms */
  readonly connectTimeout: number;
  /** Sockets are used once. */
  readonly fresh: boolean;
}

export interface Dispatchers {
  get(way: Way): Dispatcher;
  close(): Promise<void>;
}

export function createDispatchers(resolve?: Resolve): Dispatchers {
  const open = new Map<string, Dispatcher>();

  return {
    get(way) {
      const name = JSON.stringify([way.proxy, way.allowPrivate, way.connectTimeout, way.fresh]);
      const found = open.get(name) ?? make(way, resolve);
      open.delete(name);
      open.set(name, found);
      const [oldest] = open;
      if (open.size > MOST && oldest !== undefined) {
        open.delete(oldest[0]);
        // Calls under way end first.
        void oldest[1].close();
      }
      return found;
    },
    async close() {
      const all = [...open.values()];
      open.clear();
      await Promise.all(all.map((dispatcher) => dispatcher.destroy()));
    },
  };
}

function make(way: Way, resolve: Resolve | undefined): Dispatcher {
  const common = {
    // The pipeline owns these timers; undici's would end long answers after five minutes.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: KEEP_ALIVE,
    keepAliveMaxTimeout: KEEP_ALIVE_AT_MOST,
    maxHeaderSize: LARGEST_HEAD,
    pipelining: way.fresh ? 0 : 1,
    allowH2: false,
  };
  if (way.proxy !== undefined) {
    // Names are resolved by the proxy: only literal addresses can be checked, in `upstream.ts`.
    return new ProxyAgent({
      ...common,
      uri: way.proxy,
      connectTimeout: way.connectTimeout,
      proxyTunnel: true,
    });
  }
  const connect = buildConnector({
    timeout: way.connectTimeout,
    allowH2: false,
    lookup: guardedLookup(way.allowPrivate, resolve),
  });
  return new Agent({
    ...common,
    connect: (options, callback) => {
      try {
        checkLiteral(options.hostname, way.allowPrivate);
      } catch (error) {
        callback(error instanceof Error ? error : new Error(String(error)), null);
        return;
      }
      connect(options, callback);
    },
  });
}

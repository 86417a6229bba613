/**
 * The sockets to upstreams. A line is one undici client, which holds at most one socket and carries one call
 * at a time, so that a call can be cut in every phase without touching another. Lines whose call ended well
 * are kept for the next call of the same route while the upstream keeps their socket.
 */
import type { Socket } from 'node:net';
import { Client, type Dispatcher } from 'undici';
import type { Dial, Route } from './dial.ts';

/** Idle sockets are kept this long, ms; providers drop theirs at about 30 s, and a shorter life avoids the race. */
const KEEP_ALIVE = 4_000;
/** At most, when the upstream says how long it keeps its side, ms. */
const KEEP_ALIVE_AT_MOST = 25_000;
/** Idle lines of one route; a burst leaves no more behind. */
const MOST_IDLE = 128;
/** Bytes of the head of an answer. */
const LARGEST_HEAD = 65_536;

export interface Line {
  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void;
  /** To be called when a request begins to be written. @returns true when its socket has carried one before */
  begin(): boolean;
  /** @returns true when the socket ended from the other side, and `error` is only what followed from that */
  peerLeft(error: Error): boolean;
  /** The call ended as HTTP says it must. */
  release(): void;
  /** Closes the socket, or stops it from being opened. */
  close(): void;
}

export interface Lines {
  /** @param fresh no kept socket will do */
  take(route: Route, fresh: boolean): Line;
  /** No line that there is now carries another call: after a sleep their other ends may be gone. */
  renew(): void;
  /** Closes idle lines; those in use are closed when they are released. */
  close(): void;
}

/** What a call or a client is ended with when nobody wants it any more; nobody is told. */
export const ABANDONED = new Error('abandoned by the gateway');

export function createLines(dial: Dial): Lines {
  const idle = new Map<string, Line[]>();
  let closed = false;
  /** Rises whenever all lines of before are given up. */
  let age = 0;

  const drop = (): void => {
    for (const lines of [...idle.values()]) for (const line of lines) line.close();
    idle.clear();
  };

  function make(route: Route, name: string): Line {
    const made = age;
    let carried = 0;
    let socket: Socket | undefined;
    let giveUp: () => void = () => undefined;
    const client = new Client(route.origin, {
      // The pipeline owns these timers; undici's would end long answers after five minutes.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: KEEP_ALIVE,
      keepAliveMaxTimeout: KEEP_ALIVE_AT_MOST,
      maxHeaderSize: LARGEST_HEAD,
      pipelining: 1,
      allowH2: false,
      connect: (_target, callback) => {
        socket = undefined;
        giveUp = dial(route, {
          opened(opened) {
            carried = 0;
            socket = opened;
            callback(null, opened);
          },
          failed: (error) => callback(error, null),
        });
      },
    });
    const line: Line = {
      dispatch: (options, handler) => void client.dispatch(options, handler),
      begin: () => (carried += 1) > 1,
      peerLeft: (error) =>
        socket !== undefined &&
        (socket.readableEnded || (socket.errored !== null && socket.errored !== error)),
      release() {
        const others = idle.get(name) ?? [];
        if (closed || made !== age || others.length >= MOST_IDLE) return line.close();
        others.push(line);
        idle.set(name, others);
      },
      close() {
        giveUp();
        // Not within undici's own callbacks, from which this may be called: its queue would lose count.
        queueMicrotask(() => void client.destroy(ABANDONED));
      },
    };
    client.on('disconnect', () => {
      // A line in use is its call's affair.
      const rest = idle.get(name)?.filter((other) => other !== line) ?? [];
      if (rest.length === 0) idle.delete(name);
      else idle.set(name, rest);
    });
    return line;
  }

  return {
    take(route, fresh) {
      const { origin, proxy, allowPrivate, connectTimeout } = route;
      const name = `${origin} ${proxy?.href ?? ''} ${allowPrivate} ${connectTimeout}`;
      // The one used last has the best chance of being open still.
      return (fresh ? undefined : idle.get(name)?.pop()) ?? make(route, name);
    },
    renew() {
      age += 1;
      drop();
    },
    close() {
      closed = true;
      drop();
    },
  };
}

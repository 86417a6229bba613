/**
 * Owns the client's side of a request: headers once, bytes with back-pressure, heartbeats between events,
 * an end that never lies. Everything that is written to `ctx.res` for a request is written here.
 */
import type { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Clock } from '../core/ports.ts';
import { createCapture, type Capture } from './capture.ts';
import { takeFraming, type BodyWriter } from './chunk-framing.ts';
import type { PipelineLimits } from './ports.ts';
import { startWatchdog, type Watchdog } from '../core/watchdog.ts';

export interface Relay {
  /** The head went out; a plain error answer is no longer possible. */
  readonly committed: boolean;
  /** The client is gone, or was cut off because it took nothing. */
  readonly left: 'no' | 'left' | 'stalled';
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Capture;
  /** Runs once when the client leaves; the returned function takes it back. */
  onLeft(listener: () => void): () => void;
  /** Runs each time the client can take more. */
  onDrain(listener: (() => void) | undefined): void;
  /** Sends the head. Does nothing when it was sent already. */
  commit(status: number, headers: Readonly<Record<string, string>>): void;
  /** From now on a silent client gets a comment every heartbeat, its head first. */
  keepAlive(comment: Uint8Array, head: Readonly<Record<string, string>>): void;
  /** From now on no sign of life is written: what follows is no stream of events. */
  quiet(): void;
  /** @returns false when the client cannot take more for now */
  write(bytes: Uint8Array): boolean;
  /** A good end. */
  end(): void;
  /** A whole answer at once; behind a head that went out already, its body alone. */
  answer(status: number, headers: Readonly<Record<string, string>>, body: Uint8Array | string): void;
  /**
   * Ends a body that is not whole: the error event, then the connection, without the last chunk, so that
   * neither a parser of the dialect nor one of HTTP can take it for complete.
   */
  breakOff(errorEvent: Uint8Array | null): void;
  /** Stops timers and listeners. The response itself must have ended before. */
  close(): void;
  /** The system has taken all that was written before this turn of the event loop. */
  taken(): boolean;
  /** Runs `act` once nothing of the answer waits in here any more: at once where the system took all of it. */
  whenTaken(act: () => void): void;
}

/** The same while it is written to, in here. */
type Changing = { -readonly [Part in keyof Relay]: Relay[Part] };

export function createRelay(response: ServerResponse, clock: Clock, limits: PipelineLimits): Relay {
  const body = createCapture(limits.capturedBytes, () => clock.monotonic());
  const leftListeners = new Set<() => void>();
  let drained: (() => void) | undefined;
  let ended = false;
  /** Set with the head. */
  let writer: BodyWriter | undefined;
  let heartbeat: Watchdog | undefined;
  let stall: Watchdog | undefined;

  const leave = (how: 'left' | 'stalled'): void => {
    if (ended || relay.left !== 'no') return;
    relay.left = how;
    for (const listener of [...leftListeners]) listener();
  };
  const onClose = (): void => leave('left');
  // A broken socket is reported by `close` as well; without a listener it would be an unhandled error.
  const onError = (): void => leave('left');
  const onDrain = (): void => {
    stall?.stop();
    stall = undefined;
    drained?.();
  };
  const put = (bytes: Uint8Array): boolean => {
    heartbeat?.touch();
    if (relay.left !== 'no' || ended || writer === undefined) return true;
    const room = writer.write(bytes);
    if (!room && stall === undefined) {
      stall = startWatchdog(clock, limits.writeStall, () => {
        leave('stalled');
        response.destroy();
      });
    }
    return room;
  };

  const quiet = (): void => {
    heartbeat?.stop();
    heartbeat = undefined;
  };
  const stopTimers = (): void => {
    quiet();
    stall?.stop();
    stall = undefined;
  };

  /**
   * What the system did not take at once must not wait for ever for a reader that stands still. The socket's own timer
   * alone knows whether a large write goes on; it must not outlive this answer, another may follow on the connection.
   */
  const awaitReader = (): void => {
    // Connections within the process (`http/inner.ts`) have no timer, and a reader of our own.
    if (response.writableLength === 0 || !(response.socket instanceof Socket)) return;
    response.setTimeout(limits.writeStall, () => response.destroy());
    response.prependOnceListener('finish', () => response.setTimeout(0));
  };

  // Fields and not getters: a literal with getters costs twenty times as much to make.
  const relay: Changing = {
    committed: false,
    left: 'no',
    status: null,
    headers: {},
    body,
    onLeft(listener) {
      leftListeners.add(listener);
      return () => leftListeners.delete(listener);
    },
    onDrain(listener) {
      drained = listener;
    },
    commit(status, headers) {
      if (relay.committed || relay.left !== 'no') return;
      relay.committed = true;
      relay.headers = headers;
      response.writeHead(status, headers);
      relay.status = response.statusCode;
      writer = takeFraming(response);
    },
    keepAlive(comment, head) {
      const beat = (): void => {
        relay.commit(200, head);
        put(comment);
        heartbeat = startWatchdog(clock, limits.heartbeat, beat);
      };
      heartbeat ??= startWatchdog(clock, limits.heartbeat, beat);
    },
    quiet,
    write(bytes) {
      body.add(bytes);
      return put(bytes);
    },
    end() {
      stopTimers();
      if (relay.left !== 'no' || ended) return;
      ended = true;
      if (writer === undefined) response.end();
      else writer.end();
      awaitReader();
    },
    answer(status, headers, whole) {
      const bytes = typeof whole === 'string' ? Buffer.from(whole) : whole;
      if (relay.committed) {
        relay.write(bytes);
        return relay.end();
      }
      stopTimers();
      if (relay.left !== 'no' || ended) return;
      body.add(bytes);
      relay.commit(status, { ...headers, 'content-length': String(bytes.length) });
      ended = true;
      response.end(bytes);
      awaitReader();
    },
    breakOff(errorEvent) {
      stopTimers();
      if (relay.left !== 'no' || ended) return;
      ended = true;
      const { socket } = response;
      if (errorEvent !== null) {
        body.add(errorEvent);
        writer?.write(errorEvent);
      }
      // A client that takes nothing must not hold its connection for ever.
      response.once(
        'close',
        clock.after(limits.writeStall, () => socket?.destroy()),
      );
      writer?.flush();
      // FIN follows everything written so far; the terminating chunk is left out on purpose.
      socket?.end();
    },
    close() {
      stopTimers();
      leftListeners.clear();
      drained = undefined;
      response.off('drain', onDrain);
    },
    taken: () => response.writableLength === 0,
    whenTaken(act) {
      if (relay.taken() || response.closed) act();
      else response.once('close', act);
    },
  };
  response.on('close', onClose);
  response.on('error', onError);
  response.on('drain', onDrain);
  // The client may have gone before anybody listened.
  if (response.destroyed || response.socket === null || response.socket.destroyed) relay.left = 'left';
  return relay;
}

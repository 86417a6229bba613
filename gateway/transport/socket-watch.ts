/**
 * Tells which socket a call runs on and whether it had been used before. undici does not say so itself, but
 * publishes the moments on diagnostics channels: a request is created inside `dispatch`, which ties it to
 * the call; its head is written to a socket later.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';

export interface SocketWatcher {
  /** `reused`: it has carried another request before. */
  onSocket(socket: Socket, reused: boolean): void;
}

export interface SocketWatch {
  /** Runs `dispatch`; the request it creates belongs to `watcher`. */
  during(watcher: SocketWatcher, dispatch: () => void): void;
  close(): void;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const member = (value: unknown, name: string): unknown =>
  isObject(value) ? Reflect.get(value, name) : undefined;

export function watchSockets(): SocketWatch {
  const watchers = new WeakMap<object, SocketWatcher>();
  const used = new WeakSet<Socket>();
  let current: SocketWatcher | undefined;

  const created = (message: unknown): void => {
    const request = member(message, 'request');
    if (current !== undefined && isObject(request)) watchers.set(request, current);
  };
  const sending = (message: unknown): void => {
    const request = member(message, 'request');
    const socket = member(message, 'socket');
    if (!isObject(request) || !(socket instanceof Socket)) return;
    watchers.get(request)?.onSocket(socket, used.has(socket));
    used.add(socket);
  };
  subscribe('undici:request:create', created);
  subscribe('undici:client:sendHeaders', sending);

  return {
    during(watcher, dispatch) {
      current = watcher;
      try {
        dispatch();
      } finally {
        current = undefined;
      }
    },
    close() {
      unsubscribe('undici:request:create', created);
      unsubscribe('undici:client:sendHeaders', sending);
    },
  };
}

/** The Chrome DevTools Protocol over one WebSocket, with flat sessions. */
import * as z from 'zod/mini';

/** Hears the events of one session. */
export type CdpListener = (method: string, params: unknown) => void;

export interface Cdp {
  /**
   * @param session of a target; the browser itself by default
   * @throws Error with Chromium's own message
   */
  send(method: string, params?: object, session?: string): Promise<unknown>;
  /** Besides those that listen already. @param session of a target; empty for the browser itself */
  listen(session: string, listener: CdpListener): void;
  close(): void;
}

const messageSchema = z.object({
  id: z.optional(z.number()),
  result: z.optional(z.unknown()),
  error: z.optional(z.object({ message: z.string() })),
  method: z.optional(z.string()),
  params: z.optional(z.unknown()),
  sessionId: z.optional(z.string()),
});

/** @param endpoint `ws://...`, as Chromium prints it */
export async function connectCdp(endpoint: string): Promise<Cdp> {
  const socket = new WebSocket(endpoint);
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const listeners = new Map<string, readonly CdpListener[]>();
  let last = 0;

  socket.addEventListener('message', (event) => {
    const message = messageSchema.parse(JSON.parse(String(event.data)));
    if (message.id === undefined) {
      for (const listener of listeners.get(message.sessionId ?? '') ?? []) {
        listener(message.method ?? '', message.params);
      }
      return;
    }
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error === undefined) call?.resolve(message.result);
    else call?.reject(new Error(message.error.message));
  });
  socket.addEventListener('close', () => {
    for (const call of waiting.values()) call.reject(new Error('Chromium has gone.'));
    waiting.clear();
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error(`Chromium does not answer on ${endpoint}.`)));
  });

  return {
    send(method, params = {}, session) {
      if (socket.readyState !== WebSocket.OPEN) return Promise.reject(new Error('Chromium has gone.'));
      last += 1;
      const call = Promise.withResolvers<unknown>();
      waiting.set(last, call);
      socket.send(JSON.stringify({ id: last, method, params, sessionId: session }));
      return call.promise;
    },
    listen(session, listener) {
      listeners.set(session, [...(listeners.get(session) ?? []), listener]);
    },
    close: () => socket.close(),
  };
}

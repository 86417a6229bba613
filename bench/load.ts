/** Requests with bodies that are never twice the same, so that nothing can be cached. */
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request, type Dispatcher } from 'undici';

const dispatcher = new Agent({ connections: 256, headersTimeout: 0, bodyTimeout: 0 });
let serial = 0;

/** A chat request of about `size` bytes. */
export function uniqueBody(size: number, end: string): string {
  serial += 1;
  const filler = `${serial} ${Math.random()} `.padEnd(Math.max(20, size - 120), 'lorem ipsum dolor ');
  return `{"model":"bench","messages":[{"role":"user","content":${JSON.stringify(filler)}}]${end}}`;
}

/** The same as a request in Anthropic's dialect. */
export function uniqueMessage(size: number): string {
  return uniqueBody(size, ',"max_tokens":4096,"stream":true');
}

export const CHAT = '/v1/chat/completions';
export const MESSAGES = '/v1/messages';

const post = (
  port: number,
  path: string,
  body: string,
  signal?: AbortSignal,
): Promise<Dispatcher.ResponseData> =>
  request(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    dispatcher,
    signal: signal ?? null,
  });

/** One request, read to its end. @returns ms to the first byte and to the last */
export async function once(
  port: number,
  body: string,
  path = CHAT,
): Promise<{ readonly first: number; readonly last: number }> {
  const began = performance.now();
  const answer = await post(port, path, body);
  let first = 0;
  let bytes = 0;
  for await (const chunk of answer.body) {
    if (first === 0) first = performance.now() - began;
    bytes += String(chunk).length;
  }
  if (answer.statusCode !== 200 || bytes === 0)
    throw new Error(`status ${answer.statusCode} with ${bytes} bytes`);
  return { first, last: performance.now() - began };
}

/** `count` requests, `width` at a time. */
export async function many(
  port: number,
  count: number,
  width: number,
  body: () => string,
  path = CHAT,
): Promise<void> {
  let left = count;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await once(port, body(), path);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
}

/** Requests at an even rate for a while. @returns the time of each to its last byte, ms */
export async function steady(
  port: number,
  perSecond: number,
  seconds: number,
  body: () => string,
  path = CHAT,
): Promise<number[]> {
  const began = performance.now();
  const running: Promise<{ readonly last: number }>[] = [];
  for (let index = 0; index < perSecond * seconds; index += 1) {
    const due = began + (index * 1_000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await pause(wait);
    running.push(once(port, body(), path));
  }
  return (await Promise.all(running)).map(({ last }) => last);
}

/**
 * Opens `count` slow streams, evenly spread over `span` ms so that their chunks do not come all at once, and
 * resolves when the last one is open. @returns how to end them all
 */
export async function openStreams(
  port: number,
  count: number,
  span: number,
  body: () => string,
): Promise<() => Promise<void>> {
  const abort = new AbortController();
  // Each stream listens; there are many on purpose.
  setMaxListeners(0, abort.signal);
  const streams: Promise<void>[] = [];
  for (let index = 0; index < count; index += 1) {
    streams.push(readUntilAborted(port, body(), abort.signal));
    await pause(span / count);
  }
  return async () => {
    abort.abort();
    await Promise.all(streams);
  };
}

async function readUntilAborted(port: number, body: string, signal: AbortSignal): Promise<void> {
  try {
    const answer = await post(port, CHAT, body, signal);
    await answer.body.dump({ limit: Infinity, signal });
    throw new Error('a slow stream ended before it was no longer needed');
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Closes every connection, so that the next measurement starts with none. */
export async function closeConnections(): Promise<void> {
  await dispatcher.close();
}

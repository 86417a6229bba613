/** Sends one whole answer that the gateway wrote itself, also while the client is still sending its body. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RenderedAnswer } from '../core/dialect.ts';
import type { Clock } from '../core/ports.ts';
import { hasBody } from './middleware/request-facts.ts';

export interface LingerLimits {
  /** Time in which the rest of an unwanted body is thrown away, ms. */
  readonly time: number;
  /** Bytes of it at most. */
  readonly bytes: number;
}

export const LINGER_LIMITS: LingerLimits = { time: 1_000, bytes: 67_108_864 };

/** Sends status, headers and body, and ends the response. Does nothing once a head was sent. */
export function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: RenderedAnswer,
  clock: Clock,
  limits: LingerLimits,
): void {
  if (response.headersSent || response.destroyed) return;
  const body = Buffer.from(answer.body);
  const headers = { ...answer.headers, 'content-length': String(body.length) };
  if (request.complete || !hasBody(request)) {
    response.writeHead(answer.status, headers);
    response.end(body);
    return;
  }
  // The connection is not used again: its next bytes would be the rest of this body.
  response.writeHead(answer.status, { ...headers, connection: 'close' });
  response.write(body);
  linger(request, clock, limits, () => response.end());
}

/**
 * Closing while bytes of the client are unread makes the system reset the connection, and the client may
 * then never see the answer. So the rest is read and thrown away for a while.
 */
function linger(request: IncomingMessage, clock: Clock, limits: LingerLimits, done: () => void): void {
  let left = limits.bytes;
  const cancel = clock.after(limits.time, finish);
  const onData = (chunk: Buffer): void => {
    left -= chunk.length;
    if (left <= 0) finish();
  };
  function finish(): void {
    cancel();
    request.off('data', onData);
    request.off('end', finish);
    request.off('close', finish);
    done();
  }
  request.on('data', onData);
  request.on('end', finish);
  request.on('close', finish);
  request.resume();
}

/** Reads a request's body by events, within limits; whatever goes wrong has its own code and sentence. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import { BODY_BYTES } from '../core/body-bytes.ts';
import { failed } from '../core/failed.ts';
import { GatewayError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import { startWatchdog } from '../core/watchdog.ts';
import { encodingOf, inflate } from './inflate.ts';

export interface BodyLimits {
  /** Bytes of a body, as sent and again after decompression. */
  readonly bytes: number;
  /** The next `progress` bytes (or the end) must arrive within this time, ms. */
  readonly stall: number;
  /** Bytes that count as progress; a body sent byte by byte must not live for ever. */
  readonly progress: number;
}

export const BODY_LIMITS: BodyLimits = { bytes: BODY_BYTES, stall: 60_000, progress: 1_024 };

/**
 * @returns the whole body, decompressed where it was sent with `content-encoding: gzip`
 * @throws GatewayError `body_too_large`, `unsupported_encoding`, `invalid_request` (broken gzip),
 *   `request_timeout` when it stalls, `client_left` when the connection ends first
 */
export async function readBody(
  request: IncomingMessage,
  response: ServerResponse,
  limits: BodyLimits,
  clock: Clock,
): Promise<Uint8Array> {
  const encoding = encodingOf(request.headers['content-encoding']);
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > limits.bytes) throw tooLarge(limits.bytes);
  // Only now: a client that asks first is spared the sending of a body that is refused anyway.
  if (request.headers.expect !== undefined && request.httpVersion === '1.1') response.writeContinue();
  const sent = await collect(request, limits, clock);
  return encoding === 'gzip' ? inflate(sent, limits.bytes) : sent;
}

function collect(request: IncomingMessage, limits: BodyLimits, clock: Clock): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    let progressAt = limits.progress;
    const watchdog = startWatchdog(clock, limits.stall, () => finish(stalled(limits)));

    const onData = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes > limits.bytes) return finish(tooLarge(limits.bytes));
      chunks.push(chunk);
      if (bytes < progressAt) return;
      progressAt = bytes + limits.progress;
      watchdog.touch();
    };
    const onEnd = (): void => finish(null);
    const onGone = (): void =>
      finish(new GatewayError('client_left', 'The client left before its request was complete.'));

    function finish(error: GatewayError | null): void {
      watchdog.stop();
      request.off('data', onData);
      request.off('end', onEnd);
      request.off('close', onGone);
      // `error` keeps its listener: a connection that breaks later must not become an unhandled event.
      if (error !== null) return reject(error);
      const [only] = chunks;
      resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, bytes));
    }

    request.on('data', onData);
    request.on('end', onEnd);
    request.on('close', onGone);
    request.on('error', onGone);
    if (request.destroyed) onGone();
  });
}

function tooLarge(limit: number): GatewayError {
  const megabytes = Math.floor(limit / 1_048_576);
  return failed('body_too_large', remark('body-large', { megabytes, bytes: limit }));
}

function stalled(limits: BodyLimits): GatewayError {
  return new GatewayError(
    'request_timeout',
    `The body stalled: less than ${limits.progress} bytes came within ${limits.stall / 1_000} seconds.`,
  );
}

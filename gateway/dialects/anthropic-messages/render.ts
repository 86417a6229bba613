/** What the gateway itself says in this dialect: errors, token counts and the sign of life. */
import type { RenderedAnswer } from '../../core/dialect.ts';
import type { GatewayError } from '../../core/errors.ts';
import type { UpstreamError } from '../../core/upstream-error.ts';
import { describeGatewayError, describeUpstreamError, type DialectError } from './error-types.ts';
import { writeEvent } from './event-text.ts';

const PING: Uint8Array = Buffer.from(writeEvent({ type: 'ping' }));

/** The dialect's own sign of life, which its SDKs skip. */
export function heartbeat(): Uint8Array {
  return PING;
}

export function streamType(): string {
  return 'text/event-stream; charset=utf-8';
}

export function renderError(error: GatewayError, requestId: string): RenderedAnswer {
  return answer(describeGatewayError(error), requestId, error.retryAfter);
}

export function renderUpstreamError(error: UpstreamError, requestId: string): RenderedAnswer {
  return answer(describeUpstreamError(error), requestId);
}

/** The SDK throws on an event named `error`. */
export function renderErrorEvent(error: GatewayError, requestId: string): Uint8Array {
  return Buffer.from(writeEvent(envelope(describeGatewayError(error), requestId)));
}

/** The same for an upstream's error in another dialect. */
export function writeErrorEvent(error: UpstreamError, requestId: string): string {
  return writeEvent(envelope(describeUpstreamError(error), requestId));
}

export function renderTokenCount(tokens: number): string {
  return JSON.stringify({ input_tokens: tokens });
}

/**
 * `x-should-retry: false` keeps the SDKs from repeating what the gateway has already tried everywhere it could.
 * @param retryAfter seconds
 */
function answer(error: DialectError, requestId: string, retryAfter?: number): RenderedAnswer {
  return {
    status: error.status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'request-id': requestId,
      'x-request-id': requestId,
      'x-should-retry': 'false',
      ...(retryAfter === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfter)) }),
    },
    body: JSON.stringify(envelope(error, requestId)),
  };
}

function envelope({ type, message, code }: DialectError, requestId: string) {
  return {
    type: 'error',
    error: { type, message, ...(code === '' ? {} : { details: { error_code: code } }) },
    request_id: requestId,
  };
}

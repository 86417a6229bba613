/** What the gateway itself says to Ollama's clients: errors and the sign of life. */
import type { RenderedAnswer } from '../../core/dialect.ts';
import type { GatewayError } from '../../core/errors.ts';
import type { UpstreamError } from '../../core/upstream-error.ts';

/**
 * White space in front of the next line's JSON. Not an empty line: several clients parse every line there is.
 */
const SIGN_OF_LIFE = Buffer.from(' ');

export const heartbeat = (): Uint8Array => SIGN_OF_LIFE;

export function renderError(error: GatewayError, requestId: string): RenderedAnswer {
  return envelope(error.definition.status, error.message, requestId, error.retryAfter);
}

export function renderUpstreamError(error: UpstreamError, requestId: string): RenderedAnswer {
  const message = error.message === '' ? `The provider answered with HTTP ${error.status}.` : error.message;
  return envelope(error.status, message, requestId, undefined);
}

/** The error inside a stream that has begun: a line of its own, which every client looks for. */
export function renderErrorEvent(error: GatewayError): Uint8Array {
  return Buffer.from(`${JSON.stringify({ error: error.message })}\n`);
}

function envelope(
  status: number,
  message: string,
  requestId: string,
  retryAfter: number | undefined,
): RenderedAnswer {
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-request-id': requestId,
      ...(retryAfter === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfter)) }),
    },
    body: JSON.stringify({ error: message }),
  };
}

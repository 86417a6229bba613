/** What the gateway itself says in this dialect: errors and the sign of life. */
import type { RenderedAnswer } from '../../core/dialect.ts';
import type { GatewayError } from '../../core/errors.ts';

/**
 * A comment with its blank line. Strict readers drop it by the standard; naive ones that cut at blank lines and
 * look for `data:` find none; the official SDK makes no event of it (`openai/core/streaming`).
 */
export const heartbeat: Uint8Array = Buffer.from(': ping\n\n');

/**
 * The envelope of OpenAI's API, so that its SDKs raise their own error classes. `x-should-retry: false` keeps
 * them from repeating what the gateway has already tried everywhere it could.
 */
export function renderError(error: GatewayError, requestId: string): RenderedAnswer {
  const { retryAfter } = error;
  return {
    status: error.definition.status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-request-id': requestId,
      'x-should-retry': 'false',
      ...(retryAfter === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfter)) }),
    },
    body: envelope(error),
  };
}

/** The error inside a stream that has begun: the SDK throws on a chunk with an `error` member. */
export function renderErrorEvent(error: GatewayError): Uint8Array {
  return Buffer.from(`data: ${envelope(error)}\n\n`);
}

function envelope(error: GatewayError): string {
  const { code, message, definition } = error;
  return JSON.stringify({ error: { message, type: definition.kind, param: null, code } });
}

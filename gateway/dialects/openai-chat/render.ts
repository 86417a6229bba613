/** What the gateway itself says inside a stream of this dialect. */
import type { GatewayError } from '../../core/errors.ts';
import { describeGatewayError } from '../../core/openai-error.ts';

const PING: Uint8Array = Buffer.from(': ping\n\n');

/**
 * A comment with its blank line. Strict readers drop it by the standard; naive ones that cut at blank lines and
 * look for `data:` find none; the official SDK makes no event of it (`openai/core/streaming`).
 */
export function heartbeat(): Uint8Array {
  return PING;
}

/** The error inside a stream that has begun: the SDK throws on a chunk with an `error` member. */
export function renderErrorEvent(error: GatewayError): Uint8Array {
  return Buffer.from(`data: ${JSON.stringify({ error: describeGatewayError(error) })}\n\n`);
}

export function streamType(): string {
  return 'text/event-stream; charset=utf-8';
}

/** What OpenAI's chat and its old completions share in their streams besides chunks. */
import type { GatewayError } from './errors.ts';
import type { JsonObject } from './json.ts';
import { describeGatewayError } from './openai-error.ts';

const PING: Uint8Array = Buffer.from(': ping\n\n');
export const TERMINATOR = 'data: [DONE]\n\n';

export const openAiEvent = (value: JsonObject): string => `data: ${JSON.stringify(value)}\n\n`;

/**
 * A comment with its blank line. Strict readers drop it by the standard; naive ones that cut at blank lines and
 * look for `data:` find none; the official SDK makes no event of it (`openai/core/streaming`).
 */
export function openAiHeartbeat(): Uint8Array {
  return PING;
}

/** The error inside a stream that has begun: the SDK throws on a chunk with an `error` member. */
export function renderOpenAiErrorEvent(error: GatewayError): Uint8Array {
  return Buffer.from(openAiEvent({ error: describeGatewayError(error) }));
}

export function openAiStreamType(): string {
  return 'text/event-stream; charset=utf-8';
}

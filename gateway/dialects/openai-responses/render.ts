/** What the gateway itself says in this dialect: errors in a stream, the sign of life, token counts. */
import type { GatewayError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { describeGatewayError, type OpenAiError } from '../../core/openai-error.ts';

/** A comment with its blank line: no event to the official SDK, to Codex, or to any reader that keeps the standard. */
export const HEARTBEAT: Uint8Array = Buffer.from(': ping\n\n');

export const EVENT_STREAM = 'text/event-stream; charset=utf-8';

export function writeEvent(type: string, sequenceNumber: number, members: JsonObject): string {
  const data = JSON.stringify({ type, sequence_number: sequenceNumber, ...members });
  return `event: ${type}\ndata: ${data}\n\n`;
}

/**
 * `error` as OpenAI has been recorded to send it, then `response.failed`: the official SDK and the AI SDK raise the
 * first, Codex acts on the second alone.
 * @param response the response object so far; null where none was begun
 */
export function writeFailure(error: OpenAiError, response: JsonObject, sequenceNumber: number): string {
  const failed = {
    ...response,
    status: 'failed',
    error: { code: error.code ?? 'server_error', message: error.message },
  };
  return (
    writeEvent('error', sequenceNumber, { error }) +
    writeEvent('response.failed', sequenceNumber + 1, { response: failed })
  );
}

/** Where nothing is known of what was written before. */
export function renderErrorEvent(error: GatewayError, requestId: string): Uint8Array {
  const id = `resp_${requestId.replace(/^req_/, '')}`;
  return Buffer.from(writeFailure(describeGatewayError(error), { id, object: 'response', output: [] }, 0));
}

export function renderTokenCount(tokens: number): string {
  return JSON.stringify({ object: 'response.input_tokens', input_tokens: tokens });
}

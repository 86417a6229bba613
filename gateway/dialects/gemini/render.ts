/** What the gateway itself says in this dialect: errors, the sign of life, counts of tokens. */
import type { Framing } from '../../core/client-shape.ts';
import type { RenderedAnswer } from '../../core/dialect.ts';
import type { GatewayError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { UpstreamError } from '../../core/upstream-error.ts';
import { statusWord } from './status.ts';

const TYPE = 'type.googleapis.com/google.rpc.';

/**
 * The envelope of an error of the gateway; `details` as Google's own errors have them.
 * @param requestId empty where it is not known
 */
export function describeGatewayError(error: GatewayError, requestId = ''): JsonObject {
  const { code, definition, message, field, retryAfter } = error;
  return envelope(definition.status, message, [
    errorInfo(code, requestId === '' ? { code } : { code, requestId }),
    ...(field === undefined ? [] : [fieldViolation(field, message)]),
    ...(retryAfter === undefined ? [] : [retryInfo(`${Math.ceil(retryAfter)}s`)]),
  ]);
}

/** An upstream's error of any dialect in this envelope. */
export function describeUpstreamError(error: UpstreamError): JsonObject {
  const status = statusOf(error);
  const { code, message, details } = error;
  const reason = details['reason'] ?? (/^[a-z]\w*$/i.test(code) ? code : '');
  const delay = details['retrydelay'] ?? '';
  return envelope(status, message === '' ? `The upstream answered with status ${status}.` : message, [
    ...(reason === '' ? [] : [errorInfo(reason, {})]),
    ...(details['param'] === undefined ? [] : [fieldViolation(details['param'], message)]),
    ...(/^\d+(?:\.\d+)?s$/.test(delay) ? [retryInfo(delay)] : []),
  ]);
}

/** An error that came with a good status, or within a stream, tells its own or is a failure of the upstream. */
function statusOf({ status, code }: UpstreamError): number {
  const isError = (number: number): boolean => Number.isInteger(number) && number >= 400 && number <= 599;
  return [status, Number(code)].find(isError) ?? 502;
}

function envelope(code: number, message: string, details: readonly JsonObject[]): JsonObject {
  return { error: { code, message, status: statusWord(code), ...(details.length === 0 ? {} : { details }) } };
}

const errorInfo = (reason: string, metadata: Readonly<Record<string, string>>): JsonObject => ({
  '@type': `${TYPE}ErrorInfo`,
  reason: reason.toUpperCase(),
  domain: 'switchyard',
  metadata,
});

const fieldViolation = (field: string, description: string): JsonObject => ({
  '@type': `${TYPE}BadRequest`,
  fieldViolations: [{ field, description }],
});

const retryInfo = (retryDelay: string): JsonObject => ({ '@type': `${TYPE}RetryInfo`, retryDelay });

/**
 * `x-should-retry: false` as in the other dialects; the SDK of this one retries only where it was told to.
 * @param retryAfter seconds
 */
function answer(status: number, requestId: string, body: JsonObject, retryAfter?: number): RenderedAnswer {
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-request-id': requestId,
      'x-should-retry': 'false',
      ...(retryAfter === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfter)) }),
    },
    body: JSON.stringify(body),
  };
}

export function renderError(error: GatewayError, requestId: string): RenderedAnswer {
  return answer(error.definition.status, requestId, describeGatewayError(error, requestId), error.retryAfter);
}

export function renderUpstreamError(error: UpstreamError, requestId: string): RenderedAnswer {
  return answer(statusOf(error), requestId, describeUpstreamError(error));
}

/** The error inside a stream of which nothing has been written but signs of life. */
export function renderErrorEvent(error: GatewayError, requestId: string, framing: Framing): Uint8Array {
  const json = JSON.stringify(describeGatewayError(error, requestId));
  return Buffer.from(framing === 'json-array' ? `[${json}]` : `data: ${json}\n\n`);
}

export function streamType(framing: Framing): string {
  return framing === 'json-array' ? 'application/json; charset=utf-8' : 'text/event-stream; charset=utf-8';
}

const BLANK_LINE: Uint8Array = Buffer.from('\n\n');
const SPACE: Uint8Array = Buffer.from('\n');

/**
 * White space. A comment would do for readers that follow the standard, and the JavaScript SDK skips it, but
 * Google's Python SDK takes every line that is not empty for JSON. In an array white space may stand anywhere.
 */
export function heartbeat(framing: Framing): Uint8Array {
  return framing === 'json-array' ? SPACE : BLANK_LINE;
}

/** The answer of `:countTokens`. */
export const renderTokenCount = (totalTokens: number): string => JSON.stringify({ totalTokens });

/** The error envelope of OpenAI's APIs, which its SDKs make their error classes of. */
import type { RenderedAnswer } from './dialect.ts';
import type { GatewayError } from './errors.ts';
import type { UpstreamError } from './upstream-error.ts';

/** The `error` member of an answer or of an event. */
export interface OpenAiError {
  readonly message: string;
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
}

export function describeGatewayError({ code, message, definition, field }: GatewayError): OpenAiError {
  return { message, type: definition.kind, param: field ?? null, code };
}

/** By status: what OpenAI itself would have said. Clients act on the codes (Codex, LangChain). */
const BY_STATUS: Readonly<Record<number, readonly [type: string, code: string | null]>> = {
  401: ['authentication_error', 'invalid_api_key'],
  402: ['insufficient_quota', 'insufficient_quota'],
  403: ['permission_error', null],
  404: ['invalid_request_error', 'model_not_found'],
  429: ['rate_limit_error', 'rate_limit_exceeded'],
  504: ['timeout_error', null],
};
/** How providers say that a conversation is too long: OpenAI and its followers, Anthropic, Gemini, llama.cpp. */
const TOO_LONG =
  /context[_ ](?:length|window)|maximum context|prompt is too long|input token count|exceeds? the (?:available )?context/i;
/** Codes that are only a status or a class of errors say less than OpenAI's own. */
const IS_WORD = /^[a-z][a-z0-9_]*$/;

/** An upstream's error of any dialect, in OpenAI's terms. */
export function describeUpstreamError(error: UpstreamError): OpenAiError {
  const { code, message, details } = error;
  const status = statusOf(error);
  const usual = BY_STATUS[status] ?? [status < 500 ? 'invalid_request_error' : 'server_error', null];
  const tooLong = status < 500 && (TOO_LONG.test(code) || TOO_LONG.test(message));
  return {
    message: message === '' ? `The upstream answered with status ${status}.` : message,
    type: usual[0],
    param: details['param'] ?? null,
    code: tooLong ? 'context_length_exceeded' : IS_WORD.test(code) ? code : usual[1],
  };
}

/** An error that came with a good status, or within a stream, is a failure of the upstream. */
const statusOf = ({ status }: UpstreamError): number => (status >= 400 && status <= 599 ? status : 502);

/**
 * `x-should-retry: false` keeps the SDKs from repeating what the gateway has already tried everywhere it could.
 * @param retryAfter seconds
 */
function answer(status: number, requestId: string, error: OpenAiError, retryAfter?: number): RenderedAnswer {
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-request-id': requestId,
      'x-should-retry': 'false',
      ...(retryAfter === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfter)) }),
    },
    body: JSON.stringify({ error }),
  };
}

export function renderOpenAiError(error: GatewayError, requestId: string): RenderedAnswer {
  return answer(error.definition.status, requestId, describeGatewayError(error), error.retryAfter);
}

export function renderOpenAiUpstreamError(error: UpstreamError, requestId: string): RenderedAnswer {
  return answer(statusOf(error), requestId, describeUpstreamError(error));
}

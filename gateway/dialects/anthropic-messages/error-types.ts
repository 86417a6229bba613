/** Errors in this dialect's terms: the type in the envelope and the status it goes with. */
import type { GatewayError } from '../../core/errors.ts';
import type { UpstreamError } from '../../core/upstream-error.ts';

/** Source: Anthropic's page on API errors. */
const STATUS: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  conflict_error: 409,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
};
const TYPE: ReadonlyMap<number, string> = new Map([
  ...Object.entries(STATUS).map(([type, status]) => [status, type] as const),
  [408, 'timeout_error'],
]);

function typeOf(status: number): string {
  return TYPE.get(status) ?? (status < 500 ? 'invalid_request_error' : 'api_error');
}

export interface DialectError {
  readonly status: number;
  readonly type: string;
  readonly message: string;
  /** Stable code for programs: `error.details.error_code`, which the official SDK shows as `errorCode`. */
  readonly code: string;
}

export function describeGatewayError({ code, message, definition }: GatewayError): DialectError {
  // What others call 503 is 529 here, and clients wait for that one.
  const status = code === 'upstream_overloaded' ? 529 : definition.status;
  return { status, type: typeOf(status), message, code };
}

/** An upstream's error of any dialect. Its own status stays, for `retry-after` and SDKs go by it. */
export function describeUpstreamError(error: UpstreamError): DialectError {
  const { type, code, message } = error;
  const status = error.status >= 400 && error.status <= 599 ? error.status : (STATUS[type] ?? 502);
  return {
    status,
    // OpenAI's `invalid_request_error` stands for more than Anthropic's, so a status with a type of its own goes first.
    type: TYPE.get(status) ?? (STATUS[type] === undefined ? typeOf(status) : type),
    message: inKnownWords(status, code, message),
    code,
  };
}

/** How providers say that a conversation is too long: OpenAI and its followers, Gemini, llama.cpp. */
const TOO_LONG =
  /context[_ ](?:length|window)|maximum context|input token count|exceeds? the (?:available )?context/i;
const OWN_WORDS = 'prompt is too long';
/** Tokens there were, and tokens there may be, as OpenAI and Gemini tell them. */
const NEEDED = /(?:resulted in|requested(?: about)?|token count(?: is)?|request has)\D{0,3}([\d,]{2,})/i;
const ALLOWED = /(?:maximum context length is|number of tokens allowed|n_ctx)\D{0,4}([\d,]{2,})/i;

/** Clients shorten a conversation when they read Anthropic's own words, so those stand in front. */
function inKnownWords(status: number, code: string, message: string): string {
  if (message === '') return `The upstream answered with status ${status}.`;
  const tooLong = status < 500 && (TOO_LONG.test(code) || TOO_LONG.test(message));
  if (!tooLong || message.includes(OWN_WORDS)) return message;
  const needed = NEEDED.exec(message)?.[1]?.replaceAll(',', '');
  const allowed = ALLOWED.exec(message)?.[1]?.replaceAll(',', '');
  return needed === undefined || allowed === undefined
    ? `${OWN_WORDS}: ${message}`
    : `${OWN_WORDS}: ${needed} tokens > ${allowed} maximum. ${message}`;
}

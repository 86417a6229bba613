/**
 * Every error the gateway itself can give a client: one table, stable codes.
 * Retryability and fault are fixed here, where an error is born; each dialect only renders its envelope.
 */
import type { Scope } from '../../contract/log/row.ts';
import type { Told } from '../../contract/rpc/connect-sayings.ts';

/** Coarse class of an error, as the user manual names them (REQUIREMENTS 1.5). */
export type ErrorKind =
  | 'invalid_request_error'
  | 'authentication_error'
  | 'permission_error'
  | 'rate_limit_error'
  | 'server_error'
  | 'timeout_error';

export interface ErrorDefinition {
  /** HTTP status the client gets when nothing was sent yet. */
  readonly status: number;
  /** True when the same request may succeed later without a change. */
  readonly retryable: boolean;
  readonly scope: Scope;
  readonly kind: ErrorKind;
}

const request = (status: number): ErrorDefinition => ({
  status,
  retryable: false,
  scope: 'request',
  kind: 'invalid_request_error',
});
const upstream = (status: number, scope: Scope, kind: ErrorKind = 'server_error'): ErrorDefinition => ({
  status,
  retryable: true,
  scope,
  kind,
});

export const ERRORS = {
  // the request itself
  invalid_request: request(400),
  invalid_json: request(400),
  invalid_unicode: request(400),
  empty_body: request(400),
  body_too_deep: request(400),
  duplicate_member: request(400),
  body_too_large: request(413),
  headers_too_large: request(431),
  unsupported_media_type: request(415),
  unsupported_encoding: request(415),
  not_found: request(404),
  method_not_allowed: request(405),
  model_not_found: request(404),
  model_required: request(400),
  model_not_allowed: { status: 403, retryable: false, scope: 'client', kind: 'permission_error' },
  // what a stateless gateway, or the only target there is, cannot do
  unsupported_feature: request(400),
  media_refused: request(400),
  request_timeout: request(408),
  // what the user keeps in
  query_too_long: request(400),
  content_blocked: request(400),
  loop_detected: request(508),
  // who is asking
  authentication_error: { status: 401, retryable: false, scope: 'client', kind: 'authentication_error' },
  no_client_key_configured: { status: 401, retryable: false, scope: 'client', kind: 'authentication_error' },
  unauthenticated: { status: 401, retryable: false, scope: 'client', kind: 'authentication_error' },
  too_many_attempts: { status: 429, retryable: true, scope: 'client', kind: 'rate_limit_error' },
  client_limit_exceeded: { status: 429, retryable: true, scope: 'client', kind: 'rate_limit_error' },
  budget_exceeded: { status: 402, retryable: false, scope: 'client', kind: 'rate_limit_error' },
  host_not_allowed: { status: 403, retryable: false, scope: 'client', kind: 'permission_error' },
  csrf_token_invalid: { status: 403, retryable: false, scope: 'client', kind: 'permission_error' },
  origin_not_allowed: { status: 403, retryable: false, scope: 'client', kind: 'permission_error' },
  address_not_allowed: { status: 403, retryable: false, scope: 'client', kind: 'permission_error' },
  // keys and credit
  no_provider_configured: { status: 503, retryable: false, scope: 'gateway', kind: 'server_error' },
  no_key_configured: { status: 503, retryable: false, scope: 'gateway', kind: 'server_error' },
  secrets_unavailable: { status: 503, retryable: true, scope: 'gateway', kind: 'server_error' },
  upstream_credentials_rejected: { status: 502, retryable: false, scope: 'key', kind: 'server_error' },
  credentials_exhausted: { status: 402, retryable: false, scope: 'key', kind: 'rate_limit_error' },
  rate_limit_exceeded: upstream(429, 'key', 'rate_limit_error'),
  all_keys_cooling: upstream(503, 'provider'),
  // the upstream
  upstream_unreachable: upstream(502, 'network'),
  upstream_address_refused: { status: 502, retryable: false, scope: 'gateway', kind: 'server_error' },
  upstream_redirected: { status: 502, retryable: false, scope: 'provider', kind: 'server_error' },
  upstream_error: upstream(502, 'provider'),
  upstream_overloaded: upstream(503, 'provider'),
  upstream_invalid_response: upstream(502, 'provider'),
  upstream_cut: upstream(502, 'provider'),
  sse_line_too_long: upstream(502, 'provider'),
  // time
  connect_timeout: upstream(504, 'network', 'timeout_error'),
  first_content_timeout: upstream(504, 'provider', 'timeout_error'),
  idle_timeout: upstream(504, 'provider', 'timeout_error'),
  total_timeout: upstream(504, 'provider', 'timeout_error'),
  deadline_exceeded: upstream(504, 'gateway', 'timeout_error'),
  queue_timeout: upstream(503, 'gateway', 'timeout_error'),
  queue_full: upstream(503, 'gateway'),
  // the gateway
  client_left: { status: 499, retryable: false, scope: 'client', kind: 'invalid_request_error' },
  slow_reader: { status: 499, retryable: false, scope: 'client', kind: 'timeout_error' },
  gateway_overloaded: { status: 503, retryable: true, scope: 'gateway', kind: 'server_error' },
  draining: { status: 503, retryable: true, scope: 'gateway', kind: 'server_error' },
  paused: { status: 503, retryable: false, scope: 'gateway', kind: 'server_error' },
  internal_error: { status: 500, retryable: true, scope: 'gateway', kind: 'server_error' },
} as const satisfies Readonly<Record<string, ErrorDefinition>>;

export type ErrorCode = keyof typeof ERRORS;

/** An error with a stable code and a sentence a person can act on. Never holds a secret. */
export class GatewayError extends Error {
  readonly code: ErrorCode;
  /** Seconds after which trying again makes sense, at most 60; undefined when unknown. */
  readonly retryAfter: number | undefined;
  /** The member of the request at fault, as `messages[2].content`; undefined when there is none. */
  readonly field: string | undefined;
  /** The sentence as data, where pages have words for it; clients of the API get the sentence. */
  readonly told: Told | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { retryAfter?: number; field?: string; told?: Told; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'GatewayError';
    this.code = code;
    this.retryAfter = options.retryAfter;
    this.field = options.field;
    this.told = options.told;
  }

  get definition(): ErrorDefinition {
    return ERRORS[this.code];
  }
}

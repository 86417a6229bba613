/** The status an error means, which is not always the status it came with: errors arrive inside 200s too. */
import type { UpstreamError } from '../core/upstream-error.ts';

/** Machine-readable names that stand for a status when the HTTP status says nothing. */
const BY_NAME: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  context_length_exceeded: 400,
  content_policy_violation: 400,
  authentication_error: 401,
  authentication: 401,
  invalid_api_key: 401,
  insufficient_quota: 429,
  billing_error: 402,
  payment_required: 402,
  permission_error: 403,
  permission_denied: 403,
  not_found: 404,
  not_found_error: 404,
  model_not_found: 404,
  rate_limit_exceeded: 429,
  rate_limit_error: 429,
  timeout: 504,
  timeout_error: 504,
  overloaded_error: 529,
  provider_overloaded: 503,
  provider_unavailable: 503,
  server_error: 500,
  api_error: 500,
  server: 500,
};

/** @returns an HTTP status from 400 on; 502 when nothing in the error says more */
export function effectiveStatus(error: UpstreamError): number {
  if (error.status >= 300) return error.status;
  const numeric = Number(error.code);
  if (Number.isInteger(numeric) && numeric >= 400 && numeric <= 599) return numeric;
  return BY_NAME[error.code] ?? BY_NAME[error.details['error_type'] ?? ''] ?? BY_NAME[error.type] ?? 502;
}

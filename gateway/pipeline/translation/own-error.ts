import type { GatewayError } from '../../core/errors.ts';
import type { UpstreamError } from '../../core/upstream-error.ts';

/** An error of the gateway for what writes errors of upstreams. */
export function asUpstreamError({ definition, code, message }: GatewayError): UpstreamError {
  return { status: definition.status, code, type: definition.kind, message, details: {} };
}

/** How an error is written for the caller of a route: in its own format, or plainly for the control plane. */
import type { RpcErrorCode, RpcResult } from '../../contract/rpc/errors.ts';
import type { RenderedAnswer } from '../core/dialect.ts';
import type { GatewayError } from '../core/errors.ts';
import { shapes } from '../dialects/index.ts';
import type { ErrorEnvelope } from './route.ts';

/** @param requestId repeated in the answer's `x-request-id` */
export function renderError(errors: ErrorEnvelope, error: GatewayError, requestId: string): RenderedAnswer {
  const answer = errors === 'control' ? renderControl(error) : shapes[errors].renderError(error, requestId);
  const headers = { ...answer.headers, 'x-request-id': requestId };
  // A 401 names the scheme that would help (RFC 9110, 11.6.1); `Bearer` opens no dialogue in a browser.
  return {
    ...answer,
    headers: answer.status === 401 ? { ...headers, 'www-authenticate': 'Bearer' } : headers,
  };
}

function renderControl(error: GatewayError): RenderedAnswer {
  const { status } = error.definition;
  const { message, told } = error;
  const result: RpcResult<never> = {
    ok: false,
    error: { code: rpcCode(status), message, ...(told === undefined ? {} : { told }) },
  };
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(result),
  };
}

function rpcCode(status: number): RpcErrorCode {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 404 || status === 405) return 'not_found';
  if (status < 500) return 'invalid_input';
  return status === 503 ? 'unavailable' : 'internal';
}

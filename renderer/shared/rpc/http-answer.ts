/** One JSON exchange with the control plane over HTTP, its failures turned into errors with a code. */
import { RpcError, type RpcResult } from '../../../contract/rpc/errors.ts';

export type Fetch = (path: string, init: RequestInit) => Promise<Response>;

/** The gateway did not answer at all, or not in its own way: stopped, restarted, or something in between. */
export class Unreachable extends RpcError {
  constructor(detail: string) {
    super('unavailable', detail);
    this.name = 'Unreachable';
  }
}

/**
 * Sends one request and unwraps `{ok, data}`. The engine is trusted, so only the envelope is checked.
 * @throws RpcError as the gateway said it, or `Unreachable`
 */
export async function exchange<T>(fetch: Fetch, path: string, init: RequestInit): Promise<T> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...init });
    body = await response.json();
  } catch (error) {
    throw new Unreachable(error instanceof Error ? error.message : String(error));
  }
  if (!isResult<T>(body)) throw new Unreachable(`HTTP ${response.status} without an answer of the gateway`);
  if (body.ok) return body.data;
  throw new RpcError(body.error.code, body.error.message, body.error.field);
}

/** The JSON of a POST. */
export function post(input: unknown, headers: Readonly<Record<string, string>> = {}): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(input),
  };
}

function isResult<T>(value: unknown): value is RpcResult<T> {
  if (typeof value !== 'object' || value === null || !('ok' in value)) return false;
  if (value.ok === true) return 'data' in value;
  return value.ok === false && 'error' in value && typeof value.error === 'object' && value.error !== null;
}

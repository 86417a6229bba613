/** The JSON input of the control plane: already read, not yet trusted. */
import type { RpcResult } from '../../contract/rpc/errors.ts';
import { failure } from './answer.ts';

/**
 * @param body the whole body; an empty one counts as `{}`
 * @returns the parsed value, or `invalid_input` with what is wrong with it
 */
export function jsonInput(body: Uint8Array): RpcResult<unknown> {
  if (body.byteLength === 0) return { ok: true, data: {} };
  try {
    const data: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return { ok: true, data };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failure('invalid_input', `The body is not JSON in UTF-8: ${reason.slice(0, 200)}.`);
  }
}

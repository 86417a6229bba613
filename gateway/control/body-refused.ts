/** What a format has to say of a body, as a refusal that pages have words for. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { refusal, type RpcError } from '../../contract/rpc/errors.ts';
import type { GatewayError } from '../core/errors.ts';
import { asSaid, say } from '../core/sayings.ts';

/** @param field of the call, where the body came in */
export const bodyRefused = (error: GatewayError, field?: string): RpcError =>
  refusal('invalid_input', bodySaying(error), field);

/** Where only the format has words for it, they are the detail behind what kind of fault it is. */
function bodySaying({ told, code, field, message }: GatewayError): Told {
  if (told !== undefined) return told;
  const detail = asSaid(message);
  if (field === undefined) return say('body-refused', {}, detail, message);
  const kind = code === 'unsupported_feature' ? 'body-field-unserved' : 'body-field';
  return say(kind, { field }, detail, message);
}

/** What a format has to say of a body, as a refusal that pages have words for. */
import { refusal, type RpcError } from '../../contract/rpc/errors.ts';
import type { GatewayError } from '../core/errors.ts';
import { asSaid, say } from '../core/sayings.ts';

/**
 * Every rule of a format has a saying of its own; a sentence that has none stands as a quotation.
 * @param field of the call, where the body came in
 */
export const bodyRefused = ({ told, message }: GatewayError, field?: string): RpcError =>
  refusal('invalid_input', told ?? say('body-refused', {}, asSaid(message), message), field);

/** What Ollama's clients send, as far as it is read before the body is parsed. */
import type { RequestFacts } from '../../core/client-shape.ts';
import { GatewayError } from '../../core/errors.ts';
import { memberValue } from '../../core/member-value.ts';
import type { ScannedBody } from '../../core/scan-body.ts';

/**
 * An answer is streamed unless the client says otherwise, which is Ollama's own rule.
 * @throws GatewayError `invalid_request` when a member has the wrong type
 */
export function readRequest(body: ScannedBody): RequestFacts {
  const model = memberValue(body, 'model');
  const stream = memberValue(body, 'stream');
  if (model !== null && typeof model !== 'string') {
    throw new GatewayError('invalid_request', '"model" must be the name of a model in quotes.', {
      field: 'model',
    });
  }
  if (stream !== null && typeof stream !== 'boolean') {
    throw new GatewayError('invalid_request', '"stream" must be true or false.', { field: 'stream' });
  }
  return { model: model ?? '', streamed: stream ?? true, usageAsked: true, streamOptionsGiven: true };
}

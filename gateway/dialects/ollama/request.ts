/** What Ollama's clients send, as far as it is read before the body is parsed. */
import type { RequestFacts } from '../../core/client-shape.ts';
import { A_MODEL, TRUE_OR_FALSE } from '../../core/allowed.ts';
import { refuse } from '../../core/json-read.ts';
import { memberValue } from '../../core/member-value.ts';
import type { ScannedBody } from '../../core/scan-body.ts';

/**
 * An answer is streamed unless the client says otherwise, which is Ollama's own rule.
 * @throws GatewayError `invalid_request` when a member has the wrong type
 */
export function readRequest(body: ScannedBody): RequestFacts {
  const model = memberValue(body, 'model');
  const stream = memberValue(body, 'stream');
  if (model !== null && typeof model !== 'string') refuse('model', A_MODEL, model);
  if (stream !== null && typeof stream !== 'boolean') refuse('stream', TRUE_OR_FALSE, stream);
  return { model: model ?? '', streamed: stream ?? true, usageAsked: true };
}

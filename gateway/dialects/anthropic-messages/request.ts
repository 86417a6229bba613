/** What clients send, as far as routing needs it: read and changed on the scanned bytes, never parsed as a whole. */
import type { RequestFacts, RequestPath } from '../../core/client-shape.ts';
import type { PreparedBody } from '../../core/dialect.ts';
import { A_MODEL, TRUE_OR_FALSE } from '../../core/allowed.ts';
import { refuse } from '../../core/json-read.ts';
import { memberValue } from '../../core/member-value.ts';
import type { ScannedBody } from '../../core/scan-body.ts';
import { splice } from '../../core/splice.ts';

/**
 * Streams of this dialect always tell their token counts, so nothing has to be asked for.
 * @throws GatewayError `invalid_request` when a member the gateway reads has the wrong type
 */
export function readRequest(body: ScannedBody, path: RequestPath): RequestFacts {
  const model = memberValue(body, 'model');
  const stream = memberValue(body, 'stream');
  if (model !== null && typeof model !== 'string') refuse('model', A_MODEL, model);
  if (stream !== null && typeof stream !== 'boolean') refuse('stream', TRUE_OR_FALSE, stream);
  return {
    model: path.model ?? model ?? '',
    streamed: path.streamed ?? stream ?? false,
    usageAsked: true,
  };
}

/** The client's own bytes with the model's name replaced; one that is the same stays as it was written. */
export function prepareRequest(body: ScannedBody, change: { readonly model: string }): PreparedBody {
  const text = JSON.stringify(change.model);
  const range = body.members.model;
  if (range === undefined) {
    const added = `"model":${text}${body.empty ? '' : ','}`;
    return splice(body.bytes, [{ start: body.insertAt, end: body.insertAt, text: added }]);
  }
  if (memberValue(body, 'model') === change.model) return splice(body.bytes, []);
  return splice(body.bytes, [{ start: range.start, end: range.end, text }]);
}

/** What clients send: the address names model and framing, the body is relayed as it is. */
import type { RequestFacts, RequestPath } from '../../core/client-shape.ts';
import type { PreparedBody } from '../../core/dialect.ts';
import { A_MODEL } from '../../core/allowed.ts';
import { refuse } from '../../core/json-read.ts';
import { decodeText, parseJson } from '../../core/json.ts';
import type { ScannedBody } from '../../core/scan-body.ts';
import { splice } from '../../core/splice.ts';
import { bareModel } from './address.ts';

/**
 * The address decides; a model in the body counts only where it names none. Counts of tokens come with every
 * answer, so the gateway never has to ask for them.
 * @throws GatewayError `invalid_request` when the model has the wrong type
 */
export function readRequest(body: ScannedBody, path: RequestPath): RequestFacts {
  return {
    model: bareModel(path.model ?? modelIn(body) ?? ''),
    streamed: path.streamed ?? false,
    usageAsked: true,
  };
}

/** The client's own bytes; the address carries the model, but a body may repeat it, and then both must agree. */
export function prepareRequest(body: ScannedBody, change: { readonly model: string }): PreparedBody {
  const range = body.members.model;
  const written = modelIn(body);
  if (range === undefined || written === null) return splice(body.bytes, []);
  const model =
    written === bareModel(written) ? bareModel(change.model) : `models/${bareModel(change.model)}`;
  return splice(body.bytes, written === model ? [] : [{ ...range, text: JSON.stringify(model) }]);
}

/** An absent member reads as null, which is what clients mean by writing null. */
function modelIn({ bytes, members }: ScannedBody): string | null {
  if (members.model === undefined) return null;
  const value = parseJson(decodeText(bytes.subarray(members.model.start, members.model.end)));
  return value === null || typeof value === 'string' ? value : refuse('model', A_MODEL, value);
}

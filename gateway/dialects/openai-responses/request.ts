/** What clients send: read and changed on the scanned bytes, never parsed as a whole. */
import type { RequestFacts, RequestPath } from '../../core/client-shape.ts';
import type { PreparedBody } from '../../core/dialect.ts';
import { booleanOf, stringOf } from '../../core/json-read.ts';
import { memberValue } from '../../core/member-value.ts';
import type { ScannedBody } from '../../core/scan-body.ts';
import { splice } from '../../core/splice.ts';

/** @throws GatewayError `invalid_request` when a member the gateway reads has the wrong type */
export function readRequest(body: ScannedBody, path: RequestPath): RequestFacts {
  const members = { model: memberValue(body, 'model'), stream: memberValue(body, 'stream') };
  return {
    model: path.model ?? stringOf(members, 'model', '') ?? '',
    streamed: path.streamed ?? booleanOf(members, 'stream', '') ?? false,
    // Streams of this dialect always end with token counts, and there is no option for them.
    usageAsked: true,
  };
}

/** The client's own bytes with the model's name replaced. One that says the same stays as it was written. */
export function prepareRequest(body: ScannedBody, { model }: { readonly model: string }): PreparedBody {
  const text = JSON.stringify(model);
  const range = body.members.model;
  if (range === undefined) {
    const first = `"model":${text}${body.empty ? '' : ','}`;
    return splice(body.bytes, [{ start: body.insertAt, end: body.insertAt, text: first }]);
  }
  return splice(body.bytes, memberValue(body, 'model') === model ? [] : [{ ...range, text }]);
}

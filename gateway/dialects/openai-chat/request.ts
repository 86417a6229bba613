/** What clients send: read and changed on the scanned bytes, never parsed as a whole. */
import type { RequestFacts, RequestPath } from '../../core/client-shape.ts';
import type { PreparedBody } from '../../core/dialect.ts';
import { GatewayError } from '../../core/errors.ts';
import type { ScannedBody, TopLevelMember } from '../../core/scan-body.ts';
import { splice, type Edit } from '../../core/splice.ts';
import { decodeText, isArray, isObject } from '../../core/json.ts';

/** @throws GatewayError `invalid_request` when a member the gateway reads has the wrong type */
export function readRequest(body: ScannedBody, path: RequestPath): RequestFacts {
  const model = memberValue(body, 'model');
  const stream = memberValue(body, 'stream');
  const options = memberValue(body, 'stream_options');
  if (model !== null && typeof model !== 'string') {
    throw wrongType('model', 'the name of a model in quotes', model);
  }
  if (stream !== null && typeof stream !== 'boolean') throw wrongType('stream', 'true or false', stream);
  if (options !== null && !isObject(options)) {
    throw wrongType('stream_options', 'an object such as {"include_usage": true}', options);
  }
  return {
    model: path.model ?? model ?? '',
    streamed: path.streamed ?? stream ?? false,
    usageAsked: options?.['include_usage'] === true,
    streamOptionsGiven: options !== null,
  };
}

/** An absent member reads as null, which is what clients mean by writing null. */
function memberValue(body: ScannedBody, name: TopLevelMember): unknown {
  const range = body.members[name];
  return range === undefined ? null : JSON.parse(decodeText(body.bytes.subarray(range.start, range.end)));
}

function wrongType(member: string, allowed: string, found: unknown): GatewayError {
  const type = isArray(found)
    ? 'an array'
    : isObject(found)
      ? 'an object'
      : `the ${typeof found} ${String(found).slice(0, 40)}`;
  return new GatewayError('invalid_request', `"${member}" must be ${allowed}, but it is ${type}.`, {
    field: member,
  });
}

/**
 * The client's own bytes with the model's name replaced and, where asked for, `stream_options` added. A member
 * that already says the same stays as it was written.
 */
export function prepareRequest(
  body: ScannedBody,
  change: { readonly model: string; readonly addUsageOption: boolean },
): PreparedBody {
  const wanted: readonly (readonly [TopLevelMember, string])[] = [
    ['model', JSON.stringify(change.model)],
    ...(change.addUsageOption ? ([['stream_options', '{"include_usage":true}']] as const) : []),
  ];
  const edits: Edit[] = [];
  const added: string[] = [];
  for (const [name, text] of wanted) {
    const range = body.members[name];
    if (range === undefined) added.push(`"${name}":${text}`);
    else if (JSON.stringify(memberValue(body, name)) !== text) edits.push({ ...range, text });
  }
  if (added.length > 0) {
    const text = added.join(',') + (body.empty ? '' : ',');
    edits.push({ start: body.insertAt, end: body.insertAt, text });
  }
  return splice(body.bytes, edits);
}

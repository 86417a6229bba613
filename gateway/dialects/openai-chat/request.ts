/** What clients send: changed on the scanned bytes, never parsed as a whole. */
import type { PreparedBody } from '../../core/dialect.ts';
import { isObject } from '../../core/json.ts';
import { memberValue } from '../../core/member-value.ts';
import type { ScannedBody, TopLevelMember } from '../../core/scan-body.ts';
import { splice, type Edit } from '../../core/splice.ts';

/**
 * The client's own bytes with the model's name replaced and, where asked for, `stream_options` asking for usage. A member
 * that already says the same stays as it was written.
 */
export function prepareRequest(
  body: ScannedBody,
  change: { readonly model: string; readonly addUsageOption: boolean },
): PreparedBody {
  const wanted: readonly (readonly [TopLevelMember, string])[] = [
    ['model', JSON.stringify(change.model)],
    ...(change.addUsageOption ? ([['stream_options', withUsage(body)]] as const) : []),
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

/** With whatever else the client said there. */
function withUsage(body: ScannedBody): string {
  const given = memberValue(body, 'stream_options');
  return JSON.stringify({ ...(isObject(given) ? given : {}), include_usage: true });
}

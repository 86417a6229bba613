/** Single members of a body that is never parsed as a whole. */
import { decodeText } from './json.ts';
import type { ScannedBody, TopLevelMember } from './scan-body.ts';

/** An absent member reads as null, which is what clients mean by writing null. */
export function memberValue(body: ScannedBody, name: TopLevelMember): unknown {
  const range = body.members[name];
  return range === undefined ? null : JSON.parse(decodeText(body.bytes.subarray(range.start, range.end)));
}

/** What of an earlier request its provider keeps, where a request to Responses goes on from it. Pure. */
import { holdsAny } from '../core/holds-any.ts';
import type { ScannedBody } from '../core/scan-body.ts';

const NAMES = ['"previous_response_id"', '"conversation"'];
/** Bytes behind a name in which its id stands. */
const REACH = 300;
/** `: "resp_1"`, or `: {"id": "conv_1"}`. */
const ID = /^\s*:\s*(?:\{\s*"id"\s*:\s*)?"([\w-]{1,200})"/;

/** The id of the answer or of the conversation; null where the request names neither. */
export function keptStateIn({ bytes, members }: ScannedBody): string | null {
  if (members.input === undefined || !holdsAny(bytes, NAMES)) return null;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (const name of NAMES) {
    for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length)) {
      const behind = at + name.length;
      const id = ID.exec(text.toString('latin1', behind, behind + REACH))?.[1];
      if (id !== undefined) return id;
    }
  }
  return null;
}

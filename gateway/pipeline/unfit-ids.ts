/** Ids of calls that a target refuses: found in the bytes of a request, replaced in the parsed one. Pure. */
import type { Dialect, NameRule, Target } from '../core/dialect.ts';
import { decodeText, type JsonObject } from '../core/json.ts';
import { skipSpace, skipString } from '../core/json-lexemes.ts';
import { fits, idForTarget, idRule } from './translation/tool-names.ts';

const QUOTE = 0x22;
const COLON = 0x3a;

/** @returns what gives calls ids that the target takes; null where it takes those that the bytes hold */
export function unfitIds(
  bytes: Uint8Array,
  dialect: Dialect,
  target: Pick<Target, 'provider' | 'model' | 'chat'>,
): ((request: JsonObject) => JsonObject) | null {
  const { callIds } = dialect;
  if (callIds?.minded(target) !== true) return null;
  const rule = idRule(dialect, target.chat);
  if (!holdsUnfitId(bytes, callIds.ofResult, rule)) return null;
  return (request) => callIds.renamed(request, (id) => (fits(id, rule) ? id : idForTarget(id, rule)));
}

/**
 * Whether a member of that name holds a text that breaks the rule. Within a text its quotation marks would be escaped,
 * so words of people are never taken for members. An id spelt with escapes is taken for one that does not fit.
 * @param json a valid body
 */
export function holdsUnfitId(json: Uint8Array, member: string, rule: NameRule): boolean {
  const text = Buffer.from(json.buffer, json.byteOffset, json.length);
  const word = Buffer.from(JSON.stringify(member));
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
    const colon = skipSpace(text, at + word.length);
    if (text[colon] !== COLON) continue;
    const start = skipSpace(text, colon + 1);
    if (text[start] !== QUOTE) continue;
    const id = decodeText(text.subarray(start + 1, skipString(text, start) - 1));
    if (id.includes('\\') || !fits(id, rule)) return true;
  }
  return false;
}

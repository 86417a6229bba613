/** Takes reasoning out of a parsed request that its target would refuse. */
import { WRAPPED } from '../../core/canonical/signature.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';
import { member, spelt } from './fields.ts';
import { NO_SIGNATURE } from './signature.ts';

/**
 * `foreign`: signatures of other providers, and the thoughts they belong to; `all`: every thought and signature. A
 * call keeps the placeholder in place of its signature: Gemini 3 refuses one that has none.
 * @returns the very same request when nothing was removed
 */
export function withoutReasoning(request: JsonObject, which: 'foreign' | 'all'): JsonObject {
  const { contents } = request;
  if (!isArray(contents)) return request;
  const kept = contents.flatMap((content) => withoutThoughts(content, which));
  const same = kept.length === contents.length && kept.every((content, index) => content === contents[index]);
  return same ? request : { ...request, contents: kept };
}

/** The very same content when it has nothing to remove; none when nothing is left of it. */
function withoutThoughts(content: unknown, which: 'foreign' | 'all'): readonly unknown[] {
  if (!isObject(content) || !isArray(content['parts'])) return [content];
  const before = content['parts'];
  const parts = before.flatMap((part): readonly unknown[] =>
    isObject(part) ? withoutSignature(part, which) : [part],
  );
  if (parts.length === before.length && parts.every((part, index) => part === before[index]))
    return [content];
  return parts.length === 0 ? [] : [{ ...content, parts }];
}

/** The part, what is left of it, or nothing. */
function withoutSignature(part: JsonObject, which: 'foreign' | 'all'): readonly JsonObject[] {
  const name = spelt(part, 'thoughtSignature');
  const { [name]: signature, ...rest } = part;
  const signed = typeof signature === 'string' && signature !== NO_SIGNATURE;
  const removed = signed && (which === 'all' || signature.startsWith(WRAPPED));
  if (part['thought'] === true && (removed || which === 'all')) return [];
  if (!removed) return [part];
  if (member(part, 'functionCall') !== undefined) return [{ ...rest, [name]: NO_SIGNATURE }];
  // An empty text was there for its signature only.
  return rest['text'] === '' ? [] : [rest];
}

/**
 * Reasoning items and the proofs in them. What other dialects bind to a text or to a call (Gemini) has no field here,
 * so it travels as a reasoning item without a summary, beside what it belongs to: clients bring such items back.
 */
import type { ReasoningPart } from '../../core/canonical/parts.ts';
import { unwrapSignature, WRAPPED, wrapSignature, type Signature } from '../../core/canonical/signature.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';
import { withoutMember } from './without-member.ts';

/**
 * How ids of reasoning that the gateway wrote begin. OpenAI looks up a reasoning item without encrypted content by
 * its id and refuses one that it does not find; `pipeline/prepare.ts` looks for this in the bytes of a request.
 */
export const WRITTEN_HERE = 'rs_swy_';

/** In place of the id, which signatures bound to texts and calls do not have. */
const OF_TEXT = 'text';
const OF_CALL = 'call:';

export type ReasoningItem =
  | { readonly of: 'reasoning'; readonly part: ReasoningPart }
  | { readonly of: 'text'; readonly signature: Signature }
  | { readonly of: 'call'; readonly call: string; readonly signature: Signature };

/** @returns undefined for an item that holds neither words nor a proof */
export function readReasoning(item: JsonObject): ReasoningItem | undefined {
  const { id, encrypted_content: encrypted } = item;
  const text = thoughtOf(item);
  if (typeof encrypted !== 'string' || encrypted === '') {
    return text === '' ? undefined : { of: 'reasoning', part: { kind: 'reasoning', text, signature: null } };
  }
  const signature: Signature = unwrapSignature(encrypted) ?? {
    format: 'openai',
    value: encrypted,
    id: typeof id === 'string' && id !== '' ? id : null,
    origin: null,
  };
  const mark = signature.format === 'gemini' ? (signature.id ?? '') : '';
  const bound = { ...signature, id: null };
  if (mark === OF_TEXT) return { of: 'text', signature: bound };
  if (mark.startsWith(OF_CALL)) return { of: 'call', call: mark.slice(OF_CALL.length), signature: bound };
  return { of: 'reasoning', part: { kind: 'reasoning', text, signature } };
}

/** The raw thoughts where they are shown, else the summary; its parts are paragraphs. */
export function thoughtOf({ content, summary }: JsonObject): string {
  return textsIn(content).join('') || textsIn(summary).join('\n\n');
}

function textsIn(parts: unknown): readonly string[] {
  if (!isArray(parts)) return [];
  return parts.flatMap((part) => (isObject(part) && typeof part['text'] === 'string' ? [part['text']] : []));
}

/** Signatures for `encrypted_content` of what the gateway writes to clients. */
export const wrapOfText = (signature: Signature): string => wrapSignature({ ...signature, id: OF_TEXT });
export const wrapOfCall = (signature: Signature, call: string): string =>
  wrapSignature({ ...signature, id: OF_CALL + call });

/**
 * A request without reasoning that its target would refuse. What the model made of it loses its id: OpenAI knows by
 * that that something is missing ("provided without its required reasoning item"). What followed reasoning that stays
 * keeps its own, for it is looked for as well.
 * @param which `foreign`: items that others signed, or that nobody did and the gateway wrote; `all`: every one
 * @returns the very same value when nothing was removed
 */
export function withoutReasoning(request: JsonObject, which: 'foreign' | 'all'): JsonObject {
  const { input } = request;
  if (!isArray(input)) return request;
  let bereft = false;
  const kept = input.flatMap((item: unknown) => {
    if (isReasoning(item, which)) {
      bereft = true;
      return [];
    }
    if (endsThought(item)) bereft = false;
    return [bereft ? withoutId(item) : item];
  });
  return kept.length === input.length ? request : { ...request, input: kept };
}

/** Other reasoning, or another turn. Between calls results may stand. */
const endsThought = (item: unknown): boolean =>
  isObject(item) &&
  (item['type'] === 'reasoning' || (item['role'] !== undefined && item['role'] !== 'assistant'));

function isReasoning(item: unknown, which: 'foreign' | 'all'): boolean {
  if (!isObject(item) || item['type'] !== 'reasoning') return false;
  if (which === 'all') return true;
  const { id, encrypted_content: encrypted } = item;
  if (typeof encrypted === 'string' && encrypted !== '') return encrypted.startsWith(WRAPPED);
  return typeof id === 'string' && id.startsWith(WRITTEN_HERE);
}

/** Types whose items were made by a model and can do without an id. */
const MADE: readonly unknown[] = ['message', 'function_call', 'custom_tool_call'];

function withoutId(item: unknown): unknown {
  if (!isObject(item) || item['id'] === undefined || !MADE.includes(item['type'] ?? 'message')) return item;
  return withoutMember(item, 'id');
}

/** The members in which this dialect carries reasoning, and how they are taken out of a parsed request. */
import { isArray, isObject, type JsonObject } from '../../core/json.ts';
import { WRAPPED } from '../../core/canonical/signature.ts';

/** Members of an assistant's message that hold what stands in `reasoning_details` once more, as text. */
const MIRRORS: readonly string[] = ['reasoning', 'reasoning_content'];

/**
 * Takes reasoning with a signature out of a request.
 * The text beside it goes too, once no entry is left: strict servers refuse the member.
 * @param which `foreign`: what this gateway wrapped for another provider; `all`: every entry
 * @returns the very same value when nothing was removed
 */
export function withoutReasoning(request: JsonObject, which: 'foreign' | 'all'): JsonObject {
  const { messages } = request;
  if (!isArray(messages)) return request;
  const changed = messages.map((message) => (isObject(message) ? strip(message, which) : message));
  return changed.every((message, index) => message === messages[index])
    ? request
    : { ...request, messages: changed };
}

function strip(message: JsonObject, which: 'foreign' | 'all'): JsonObject {
  const details = message['reasoning_details'];
  const calls = message['tool_calls'];
  const leaves = (entry: unknown): boolean => which === 'all' || isWrapped(entry);
  let stripped = message;
  if (isArray(details) && details.some(leaves)) {
    const kept = details.filter((entry) => !leaves(entry));
    const gone = kept.length === 0 ? ['reasoning_details', ...MIRRORS] : ['reasoning_details'];
    stripped = { ...without(message, gone), ...(kept.length === 0 ? {} : { reasoning_details: kept }) };
  }
  if (isArray(calls) && calls.some((call) => signatureOf(call) !== undefined && leaves(signatureOf(call)))) {
    const kept = calls.map((call) =>
      isObject(call) && signatureOf(call) !== undefined && leaves(signatureOf(call))
        ? without(call, ['extra_content'])
        : call,
    );
    stripped = { ...stripped, tool_calls: kept };
  }
  return stripped;
}

/** An entry, or a bare signature, that holds what `wrapSignature` wrote. */
function isWrapped(entry: unknown): boolean {
  const texts = isObject(entry) ? [entry['data'], entry['signature']] : [entry];
  return texts.some((text) => typeof text === 'string' && text.startsWith(WRAPPED));
}

/** Where Gemini's compatible endpoint puts the signature of a call. */
export function signatureOf(call: unknown): string | undefined {
  const extra = isObject(call) ? call['extra_content'] : undefined;
  const google = isObject(extra) ? extra['google'] : undefined;
  const signature = isObject(google) ? google['thought_signature'] : undefined;
  return typeof signature === 'string' && signature !== '' ? signature : undefined;
}

function without(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

/**
 * Calls that were made elsewhere, in the contents a client of this dialect brings: they have no signature, and Gemini 3
 * refuses a step whose first call has none.
 */
import { holdsAny } from '../../core/holds-any.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';
import { member, spelt } from './fields.ts';
import { generationOf } from './generation.ts';
import { NO_SIGNATURE } from './signature.ts';

const CALLS: readonly string[] = ['"functionCall"', '"function_call"'];

/** Calls, signatures, and what stands between the calls of one step and those of the next. */
const MARKS =
  /"(?:(function(?:Call|_call))"|(thought(?:Signature|_signature))"|function(?:Response|_response)"|role"\s*:\s*"(?:model|user)")/g;

/**
 * Whether a body may hold a step whose calls a model refuses, judged from its bytes. Where members stand in an order
 * that no client is known to write, it may be wrong in both ways.
 */
export function holdsUnsignedCalls(bytes: Uint8Array, model: string): boolean {
  if (!generationOf(model).three || !holdsAny(bytes, CALLS)) return false;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  let called = false;
  let signed = false;
  for (const [, call, signature] of text.matchAll(MARKS)) {
    if (call !== undefined) called = true;
    else if (signature !== undefined) signed = true;
    else {
      if (called && !signed) return true;
      called = false;
      signed = false;
    }
  }
  return called && !signed;
}

/**
 * Puts the placeholder on the first call of each step that has no signed one.
 * @param which `current`: what followed the user's last question, for Gemini looks at nothing else; `all`: every step
 * @returns the very same request when every step has one
 */
export function signCalls(request: JsonObject, which: 'current' | 'all'): JsonObject {
  const { contents } = request;
  if (!isArray(contents)) return request;
  const from = which === 'all' ? 0 : contents.findLastIndex(isQuestion) + 1;
  const signed = contents.map((content, index) => (index < from ? content : signStep(content)));
  return signed.every((content, index) => content === contents[index])
    ? request
    : { ...request, contents: signed };
}

function signStep(content: unknown): unknown {
  if (!isObject(content) || content['role'] !== 'model') return content;
  const parts = partsOf(content);
  const calls = parts.filter(isCall);
  const [first] = calls;
  if (first === undefined || calls.some(isSigned)) return content;
  const marked = { ...first, [spelt(first, 'thoughtSignature')]: NO_SIGNATURE };
  return { ...content, parts: parts.with(parts.indexOf(first), marked) };
}

/** What the user says, other than results of calls. */
function isQuestion(content: unknown): boolean {
  return (
    isObject(content) &&
    content['role'] !== 'model' &&
    !partsOf(content).some((part) => isObject(part) && member(part, 'functionResponse') !== undefined)
  );
}

function isCall(part: unknown): part is JsonObject {
  return isObject(part) && member(part, 'functionCall') !== undefined;
}

function isSigned(part: JsonObject): boolean {
  const signature = member(part, 'thoughtSignature');
  return typeof signature === 'string' && signature !== '';
}

const partsOf = ({ parts }: JsonObject): readonly unknown[] => (isArray(parts) ? parts : []);

/** Turns as `contents`. */
import type { AssistantPart, Turn, UserPart } from '../../core/canonical/parts.ts';
import type { Warn } from '../../core/canonical/request.ts';
import type { JsonObject } from '../../core/json.ts';
import { encodeModelPart, encodeUserPart, type PartWriting } from './encode-parts.ts';
import { generationOf } from './generation.ts';
import { NO_SIGNATURE } from './signature.ts';
import { signaturePlaces } from './signature-places.ts';
import { stepsOf, type Step } from './steps.ts';

/** Says nothing, where something has to stand. */
const EMPTY: JsonObject = { text: '' };

export function encodeContents(turns: readonly Turn[], model: string, warn: Warn): readonly JsonObject[] {
  const writing: PartWriting = { generation: generationOf(model), warn };
  const steps = stepsOf(turns, warn);
  // The turn under way begins with the last thing the user said; only its steps are checked for signatures.
  const current = steps.findLastIndex(isQuestion);
  const contents = steps.map((step, index) => {
    if (step.role === 'user') return { role: 'user', parts: orEmpty(encodeSaid(step.parts, writing)) };
    const parts = orEmpty(encodeStep(step.parts, writing));
    return {
      role: 'model',
      parts: writing.generation.three && index > current ? withPlaceholder(parts) : parts,
    };
  });
  // A conversation begins with the user, and is never empty.
  return steps[0]?.role === 'user' ? contents : [{ role: 'user', parts: [EMPTY] }, ...contents];
}

const isQuestion = ({ role, parts }: Step): boolean =>
  role === 'user' && parts.every(({ kind }) => kind !== 'tool-result');

const orEmpty = (parts: readonly JsonObject[]): readonly JsonObject[] =>
  parts.length === 0 ? [EMPTY] : parts;

/** Results first; media of theirs that had to leave them come with the rest. */
function encodeSaid(parts: readonly UserPart[], writing: PartWriting): readonly JsonObject[] {
  const written = parts.flatMap((part) => encodeUserPart(part, writing));
  const isResult = (part: JsonObject): boolean => 'functionResponse' in part;
  return [...written.filter(isResult), ...written.filter((part) => !isResult(part))];
}

/** The model's parts with their own signatures and those of their thoughts. */
function encodeStep(parts: readonly AssistantPart[], writing: PartWriting): readonly JsonObject[] {
  const places = signaturePlaces(parts);
  return parts.flatMap((part, index) => {
    const signature = places.get(index) ?? null;
    const written = encodeModelPart(part, signature, writing);
    // A thought without words that nothing followed leaves its proof on an empty text.
    return written.length === 0 && signature !== null ? [{ ...EMPTY, thoughtSignature: signature }] : written;
  });
}

/** Gemini 3 refuses a step whose first call has no signature; calls made elsewhere never had one. */
function withPlaceholder(parts: readonly JsonObject[]): readonly JsonObject[] {
  const isCall = (part: JsonObject): boolean => 'functionCall' in part;
  if (parts.some((part) => isCall(part) && 'thoughtSignature' in part)) return parts;
  const first = parts.findIndex(isCall);
  return parts.map((part, index) => (index === first ? { ...part, thoughtSignature: NO_SIGNATURE } : part));
}

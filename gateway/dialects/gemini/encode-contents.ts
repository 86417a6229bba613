/** Turns as `contents`. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { AssistantPart, Turn, UserPart } from '../../core/canonical/parts.ts';
import type { Warn } from '../../core/canonical/request.ts';
import type { JsonObject } from '../../core/json.ts';
import { encodeModelPart, encodeUserPart, type PartWriting } from './encode-parts.ts';
import { generationOf } from './generation.ts';
import { NO_SIGNATURE } from './signature.ts';
import { signaturePlaces } from './signature-places.ts';
import { stepsOf, type Step } from './steps.ts';

interface Content {
  readonly role: 'user' | 'model';
  readonly parts: readonly JsonObject[];
}

/** Begins with the user and has no content without parts; empty texts are refused ("empty text parameter"). */
export function encodeContents(turns: readonly Turn[], model: string, warn: Warn): readonly Content[] {
  const writing: PartWriting = { generation: generationOf(model), warn };
  const steps = stepsOf(turns, warn);
  // The turn under way begins with the last thing the user said; only its steps are checked for signatures.
  const current = steps.findLastIndex(isQuestion);
  const contents: Content[] = [];
  for (const [index, step] of steps.entries()) {
    if (step.role === 'user') add(contents, { role: 'user', parts: encodeSaid(step.parts, writing) });
    else {
      const parts = encodeStep(step.parts, writing);
      const marks = writing.generation.three && index > current;
      add(contents, { role: 'model', parts: marks ? withPlaceholder(parts) : parts });
    }
  }
  if (contents[0]?.role === 'model') {
    warn(remark('user-first', { provider: 'Gemini' }));
    contents.unshift({ role: 'user', parts: [{ text: 'Hello.' }] });
  }
  return contents;
}

/** Neighbours of one role, between which all else was empty, become one content. */
function add(contents: Content[], content: Content): void {
  if (content.parts.length === 0) return;
  const last = contents.at(-1);
  if (last?.role !== content.role) contents.push(content);
  else contents.splice(-1, 1, { role: last.role, parts: [...last.parts, ...content.parts] });
}

const isQuestion = ({ role, parts }: Step): boolean =>
  role === 'user' && parts.every(({ kind }) => kind !== 'tool-result');

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
    return written.length === 0 && signature !== null ? [{ text: '', thoughtSignature: signature }] : written;
  });
}

/** Gemini 3 refuses a step whose first call has no signature; calls made elsewhere never had one. */
function withPlaceholder(parts: readonly JsonObject[]): readonly JsonObject[] {
  const isCall = (part: JsonObject): boolean => 'functionCall' in part;
  if (parts.some((part) => isCall(part) && 'thoughtSignature' in part)) return parts;
  const first = parts.findIndex(isCall);
  return parts.map((part, index) => (index === first ? { ...part, thoughtSignature: NO_SIGNATURE } : part));
}

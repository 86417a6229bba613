/** Turns as `contents`: user and model in turn, results of tools first. */
import type { AssistantPart, Turn, UserPart } from '../../core/canonical/parts.ts';
import type { Warn } from '../../core/canonical/request.ts';
import type { JsonObject } from '../../core/json.ts';
import { encodeModelPart, encodeUserPart, type PartWriting } from './encode-parts.ts';
import { generationOf } from './generation.ts';
import { NO_SIGNATURE } from './signature.ts';
import { signaturePlaces } from './signature-places.ts';

type Content = { readonly role: 'user' | 'model'; readonly parts: readonly JsonObject[] };

/** Says nothing, where something has to stand. */
const EMPTY: JsonObject = { text: '' };

export function encodeContents(turns: readonly Turn[], model: string, warn: Warn): readonly JsonObject[] {
  const writing: PartWriting = { generation: generationOf(model), warn };
  // The turn under way begins with the last thing the user said; only its steps are checked for signatures.
  const current = turns.findLastIndex((turn) => turn.role === 'user' && turn.parts.some(isSaid));
  const contents: Content[] = [];
  for (const [index, turn] of turns.entries()) {
    if (turn.role === 'assistant') {
      const parts = encodeStep(turn.parts, writing);
      const checked = writing.generation.three && index > current;
      add(contents, { role: 'model', parts: checked ? withPlaceholder(parts) : parts });
    } else if (turn.role === 'user') {
      add(contents, { role: 'user', parts: ordered(turn.parts, turns[index - 1], writing) });
    } else {
      // Gemini has no instructions in the middle of a conversation; the user says them.
      add(contents, { role: 'user', parts: turn.parts.flatMap((part) => encodeUserPart(part, writing)) });
    }
  }
  // A conversation begins with the user, and is never empty.
  return contents[0]?.role === 'user' ? contents : [{ role: 'user', parts: [EMPTY] }, ...contents];
}

const isSaid = (part: UserPart): boolean => part.kind !== 'tool-result';

/** Neighbours of one role become one content; results must directly follow their calls. */
function add(contents: Content[], content: Content): void {
  if (content.parts.length === 0) return;
  const last = contents.at(-1);
  if (last?.role !== content.role) {
    contents.push(content);
    return;
  }
  const parts = [...last.parts, ...content.parts];
  const results = parts.filter((part) => 'functionResponse' in part);
  const others = parts.filter((part) => !('functionResponse' in part));
  contents[contents.length - 1] = { role: last.role, parts: [...results, ...others] };
}

/** Results in the order of the calls before them. */
function ordered(
  parts: readonly UserPart[],
  before: Turn | undefined,
  writing: PartWriting,
): readonly JsonObject[] {
  const called = before?.role === 'assistant' ? before.parts : [];
  const ids = called.flatMap((part) => (part.kind === 'tool-call' ? [part.id] : []));
  const place = (part: UserPart): number => {
    const index = part.kind === 'tool-result' ? ids.indexOf(part.id) : -1;
    return index === -1 ? ids.length : index;
  };
  const results = parts.filter((part) => part.kind === 'tool-result');
  const others = parts.filter(isSaid);
  const written = results
    .toSorted((one, other) => place(one) - place(other))
    .flatMap((part) => encodeUserPart(part, writing));
  return [
    ...written.filter((part) => 'functionResponse' in part),
    ...written.filter((part) => !('functionResponse' in part)),
    ...others.flatMap((part) => encodeUserPart(part, writing)),
  ];
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

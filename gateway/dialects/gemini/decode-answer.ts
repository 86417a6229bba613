/** Parts of an answer, however many events it came in. */
import { isCutShort, type FinishReason, type StreamPart } from '../../core/canonical/stream-parts.ts';
import { isObject, type JsonObject } from '../../core/json.ts';
import { candidatesOf, partsOf } from './chunk.ts';
import { codeText } from './code-execution.ts';
import { createCallReader } from './decode-calls.ts';
import { createCitationReader } from './decode-citations.ts';
import { mediaPart } from './decode-media.ts';
import { objectIn, textIn } from './fields.ts';
import { blockReason, readFinish } from './finish.ts';
import { readSignature } from './signature.ts';
import { readDetails, readUsage } from './usage.ts';

export interface AnswerReader {
  read(response: JsonObject): readonly StreamPart[];
  /** What is still open, then how each answer ended. */
  end(): readonly StreamPart[];
  /** The end of some answer was read. */
  readonly finished: boolean;
}

export function createAnswerReader(): AnswerReader {
  let started = false;
  let thinking = false;
  let responseId = '';
  let blocked = false;
  const calls = createCallReader(() => responseId);
  const cite = createCitationReader();
  /** Text of the first answer so far, for the places of citations. */
  let text = '';
  /** Gemini's reason, by the number of the answer. */
  const finishes = new Map<number, string>();

  /** Thoughts end with whatever is not one. */
  function endThought(): readonly StreamPart[] {
    if (!thinking) return [];
    thinking = false;
    return [{ kind: 'reasoning-end', signature: null }];
  }

  function readThought(part: JsonObject): readonly StreamPart[] {
    const signature = readSignature(part['thoughtSignature']);
    const parts: StreamPart[] = thinking ? [] : [{ kind: 'reasoning-start' }];
    parts.push({ kind: 'reasoning-delta', text: textIn(part, 'text') });
    thinking = signature === null;
    return thinking ? parts : [...parts, { kind: 'reasoning-end', signature }];
  }

  function readText(said: string, part: JsonObject, candidate: number): readonly StreamPart[] {
    const signature = candidate === 0 ? readSignature(part['thoughtSignature']) : null;
    if (said === '' && signature === null) return [];
    const parts: StreamPart[] = candidate === 0 ? [...endThought()] : [];
    if (candidate === 0) text += said;
    const numbered = candidate === 0 ? {} : { candidate };
    if (said !== '') parts.push({ kind: 'text-delta', text: said, ...numbered });
    return signature === null ? parts : [...parts, { kind: 'text-signature', signature }];
  }

  function readPart(part: JsonObject, candidate: number): readonly StreamPart[] {
    // Thoughts and media have no number; those of further answers are left out.
    if (part['thought'] === true) return candidate === 0 ? readThought(part) : [];
    if (isObject(part['functionCall'])) {
      const signature = readSignature(part['thoughtSignature']);
      return [...endThought(), ...calls.read(part['functionCall'], signature, candidate)];
    }
    const code = codeText(part);
    // The signature of a piece of code means nothing on a text.
    if (code !== '') return readText(code, {}, candidate);
    const { mimeType, data } = objectIn(part, 'inlineData');
    if (typeof mimeType === 'string' && typeof data === 'string' && candidate === 0) {
      const { kind, source } = mediaPart({ kind: 'data', mediaType: mimeType, base64: data }, null);
      return kind === 'file' ? [] : [...endThought(), { kind: 'media', media: kind, source }];
    }
    return readText(textIn(part, 'text'), part, candidate);
  }

  function readCandidate(candidate: JsonObject): readonly StreamPart[] {
    const { index } = candidate;
    const number = typeof index === 'number' ? index : 0;
    const parts = partsOf(candidate).flatMap((part) => readPart(part, number));
    const reason = textIn(candidate, 'finishReason');
    if (reason !== '') finishes.set(number, reason);
    return number === 0 ? [...parts, ...cite(candidate, text)] : parts;
  }

  /** A prompt that was refused has no answer, but perhaps a word about it. */
  function readFeedback(response: JsonObject): readonly StreamPart[] {
    const feedback = objectIn(response, 'promptFeedback');
    if (blockReason(feedback) === '') return [];
    blocked = true;
    const said = textIn(feedback, 'blockReasonMessage');
    return said === '' ? [] : [{ kind: 'refusal-delta', text: said }];
  }

  function read(response: JsonObject): readonly StreamPart[] {
    const parts: StreamPart[] = [];
    if (!started) {
      started = true;
      responseId = textIn(response, 'responseId');
      parts.push({ kind: 'response-start', id: responseId, model: textIn(response, 'modelVersion') });
    }
    parts.push(...readFeedback(response), ...candidatesOf(response).flatMap(readCandidate));
    const usage = readUsage(response);
    const details = readDetails(response);
    if (usage !== null) parts.push({ kind: 'usage', usage, ...(details === undefined ? {} : { details }) });
    return parts;
  }

  function end(): readonly StreamPart[] {
    const ends = [...finishes]
      .toSorted(([one], [other]) => one - other)
      .map(([candidate, reason]) => ({ candidate, reason: readFinish(reason, calls.has(candidate)) }));
    const cutShort = (candidate: number): boolean =>
      ends.some((ending) => ending.candidate === candidate && isCutShort(ending.reason));
    const parts: StreamPart[] = [...endThought(), ...calls.close(cutShort)];
    if (blocked && finishes.size === 0) return [...parts, { kind: 'finish', reason: 'filtered' }];
    return [...parts, ...ends.map(({ candidate, reason }) => finishPart(reason, candidate))];
  }

  return {
    read,
    end,
    get finished() {
      return blocked || finishes.size > 0;
    },
  };
}

function finishPart(reason: FinishReason, candidate: number): StreamPart {
  return { kind: 'finish', reason, ...(candidate === 0 ? {} : { candidate }) };
}

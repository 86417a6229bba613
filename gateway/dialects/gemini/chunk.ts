/** What one event of a stream, or one complete answer, says. Both have the same form. */
import type { TokenCounts } from '../../../contract/log/row.ts';
import { worstReason } from '../../core/finish-reason.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';
import type { UsageDetails } from '../../core/usage.ts';
import { objectIn, textIn } from './fields.ts';
import { blockReason } from './finish.ts';
import { readDetails, readUsage } from './usage.ts';

export interface ChunkFacts {
  /** Some part holds text, a thought, a call, media or anything else, or an answer has finished. */
  readonly content: boolean;
  /** As Gemini names it; the reason of the block where the prompt was refused. */
  readonly finishReason: string | null;
  readonly usage: TokenCounts | null;
  readonly details: UsageDetails | undefined;
  readonly model: string | null;
  /** The value with an `error` member; undefined when the chunk reports none. */
  readonly error: JsonObject | undefined;
}

export const candidatesOf = (answer: JsonObject): readonly JsonObject[] => {
  const { candidates } = answer;
  return isArray(candidates) ? candidates.filter(isObject) : [];
};

export function partsOf(candidate: JsonObject): readonly JsonObject[] {
  const { parts } = objectIn(candidate, 'content');
  return isArray(parts) ? parts.filter(isObject) : [];
}

export function readChunk(chunk: JsonObject): ChunkFacts {
  const candidates = candidatesOf(chunk);
  const reasons = [
    blockReason(objectIn(chunk, 'promptFeedback')),
    ...candidates.map((candidate) => textIn(candidate, 'finishReason')),
  ];
  const finishReason = worstReason(reasons.filter((reason) => reason !== ''));
  const model = textIn(chunk, 'modelVersion');
  return {
    content: finishReason !== null || candidates.flatMap(partsOf).some(hasContent),
    finishReason,
    usage: readUsage(chunk),
    details: readDetails(chunk),
    model: model === '' ? null : model,
    error: isObject(chunk['error']) || typeof chunk['error'] === 'string' ? chunk : undefined,
  };
}

/** Any member with something in it counts, so that what nobody has thought of yet does too; flags say nothing. */
function hasContent(part: JsonObject): boolean {
  return Object.entries(part).some(([name, value]) => {
    if (name === 'thoughtSignature') return false;
    return typeof value === 'string' ? value !== '' : isObject(value);
  });
}

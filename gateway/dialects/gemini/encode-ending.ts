/** Why an answer ended, for clients. */
import type { FinishReason } from '../../core/canonical/stream-parts.ts';
import type { JsonObject } from '../../core/json.ts';
import { writeFinish } from './finish.ts';

/** An answer that was withheld before its first word is, to Gemini's clients, a prompt that was blocked. */
export const BLOCKED: JsonObject = { promptFeedback: { blockReason: 'OTHER' } };

/** @param brokenCall a call whose arguments are no JSON object, as the model wrote it */
export function writeEnding(
  reason: FinishReason,
  refusedInWords: boolean,
  brokenCall: string | undefined,
): JsonObject {
  // A call that was cut off at the limit is no mistake of the model's.
  if (brokenCall === undefined || reason === 'length' || reason === 'context-full') {
    return { finishReason: writeFinish(reason, refusedInWords) };
  }
  return {
    finishReason: writeFinish('broken-call', false),
    finishMessage: `Malformed function call: ${brokenCall}`,
  };
}

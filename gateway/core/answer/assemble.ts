/** What a model said, from the bytes of its answer in any of the formats, streamed or not. Pure. */
import type { AssembledAnswer } from '../../../contract/log/answer.ts';
import { createGatherer } from './gather.ts';
import { gatherValue } from './shapes.ts';
import { answerValues } from './values.ts';

export interface Assembled {
  readonly answer: AssembledAnswer;
  readonly streamed: boolean;
}

/** Null for what is neither JSON nor events. Pieces that cannot be read are passed over. */
export function assembleAnswer(body: string): Assembled | null {
  const found = answerValues(body);
  if (found === null) return null;
  const gatherer = createGatherer();
  for (const value of found.values) {
    try {
      gatherValue(value, gatherer);
    } catch (error) {
      // Nested more deeply than can be written as JSON.
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return { answer: gatherer.answer(), streamed: found.streamed };
}

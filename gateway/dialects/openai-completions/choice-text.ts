/** What an answer's parts are in a format that knows only text. */
import type { FinishReason, StreamPart } from '../../core/canonical/stream-parts.ts';
import type { JsonObject } from '../../core/json.ts';

const FINISHES: Readonly<Record<FinishReason, string>> = {
  stop: 'stop',
  'stop-sequence': 'stop',
  length: 'length',
  'context-full': 'length',
  'tool-calls': 'stop',
  filtered: 'content_filter',
  refused: 'content_filter',
  paused: 'stop',
  'broken-call': 'stop',
};

export interface ChoiceText {
  readonly candidate: number;
  readonly text: string;
  /** Null until the choice has ended. */
  readonly finish: string | null;
}

/** A refusal is what the model wrote; thoughts, which the format cannot hold, are left out. */
export function choiceText(part: StreamPart): ChoiceText | null {
  switch (part.kind) {
    case 'text-delta':
      return { candidate: part.candidate ?? 0, text: part.text, finish: null };
    case 'refusal-delta':
      return { candidate: 0, text: part.text, finish: null };
    case 'finish':
      return { candidate: part.candidate ?? 0, text: '', finish: FINISHES[part.reason] };
    default:
      return null;
  }
}

export function writeChoice({ candidate, text, finish }: ChoiceText): JsonObject {
  return { text, index: candidate, logprobs: null, finish_reason: finish };
}

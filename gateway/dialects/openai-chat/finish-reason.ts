/** Why an answer ended, in this dialect's words and in ours. */
import type { FinishReason } from '../../core/canonical/stream-parts.ts';

/** OpenAI's own, `model_length` (Mistral), and what servers behind compatible endpoints leave untranslated. */
const READ: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'filtered',
  model_length: 'context-full',
  max_tokens: 'length',
  stop_sequence: 'stop-sequence',
  tool_use: 'tool-calls',
  refusal: 'refused',
  // DeepSeek broke off for want of resources; the nearest is that the answer is not all there is to say.
  insufficient_system_resource: 'length',
};

/**
 * @param called the answer holds a tool call. Some endpoints say `stop` then, and a reader that was told of calls
 *   waits for some, so the content decides.
 */
export function readFinish(reason: string | null, called: boolean): FinishReason {
  const read = (reason === null ? undefined : READ[reason]) ?? 'stop';
  if (read === 'stop' && called) return 'tool-calls';
  return read === 'tool-calls' && !called ? 'stop' : read;
}

const WRITTEN: Readonly<Record<FinishReason, string>> = {
  stop: 'stop',
  'stop-sequence': 'stop',
  length: 'length',
  'context-full': 'length',
  'tool-calls': 'tool_calls',
  filtered: 'content_filter',
  refused: 'content_filter',
  paused: 'stop',
  'broken-call': 'stop',
};

/**
 * @param said.called calls were written
 * @param said.refused the model declined in words, which end with `stop`
 */
export function writeFinish(
  reason: FinishReason,
  said: { readonly called: boolean; readonly refused: boolean },
): string {
  if (reason === 'stop' && said.called) return 'tool_calls';
  return reason === 'refused' && said.refused ? 'stop' : WRITTEN[reason];
}

/** Why an answer ended, in this dialect's words. */
import type { FinishReason } from '../../core/canonical/stream-parts.ts';

const READ: Readonly<Record<string, FinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop-sequence',
  max_tokens: 'length',
  model_context_window_exceeded: 'context-full',
  tool_use: 'tool-calls',
  refusal: 'refused',
  pause_turn: 'paused',
};

/** Some compatible servers say `end_turn` after tool calls; the content decides. */
export function readStopReason(reason: string, calledTools: boolean): FinishReason {
  const read = READ[reason] ?? 'stop';
  return read === 'stop' && calledTools ? 'tool-calls' : read;
}

const WRITTEN: Readonly<Record<FinishReason, string>> = {
  stop: 'end_turn',
  'stop-sequence': 'stop_sequence',
  length: 'max_tokens',
  'context-full': 'model_context_window_exceeded',
  'tool-calls': 'tool_use',
  filtered: 'refusal',
  refused: 'refusal',
  paused: 'pause_turn',
  // This dialect has no word for it; what came before it stands for itself.
  'broken-call': 'end_turn',
};

export interface Stop {
  readonly reason: FinishReason;
  readonly sequence: string | null;
  /** The model's words of refusal; empty where it did not refuse. */
  readonly refusal: string;
  readonly calledTools: boolean;
}

/** The members of a message, or of the `delta` of its `message_delta`, that tell why it ended. */
export function writeStop({ reason, sequence, refusal, calledTools }: Stop) {
  const usual = WRITTEN[reason];
  const written =
    usual !== 'end_turn' ? usual : refusal !== '' ? 'refusal' : calledTools ? 'tool_use' : usual;
  return {
    stop_reason: written,
    stop_sequence: written === 'stop_sequence' ? sequence : null,
    stop_details:
      written === 'refusal'
        ? { type: 'refusal', category: null, explanation: refusal === '' ? null : refusal }
        : null,
  };
}

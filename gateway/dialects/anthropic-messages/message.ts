/** The message around the content of an answer. */
import type { TokenCounts } from '../../../contract/log/row.ts';
import type { FinishReason, StreamPart } from '../../core/canonical/stream-parts.ts';
import type { AnswerContext } from '../../core/client-shape.ts';

const ID = 'msg_';

/** What an answer has told of itself besides its content. */
export interface AnswerState {
  readonly id: string;
  readonly model: string;
  readonly usage: TokenCounts | null;
  readonly finish: FinishReason | null;
  readonly stopSequence: string | null;
}

export function noAnswerYet({ request, newId }: AnswerContext): AnswerState {
  return { id: newId(ID), model: request.model, usage: null, finish: null, stopSequence: null };
}

/** What a part adds to it. Ids of other dialects are not shown: clients know a message by `msg_`. */
export function learn(state: AnswerState, part: StreamPart, context: AnswerContext): AnswerState {
  switch (part.kind) {
    case 'response-start': {
      const id = part.id.startsWith(ID) ? part.id : state.id;
      return { ...state, id, model: part.model === '' ? state.model : part.model };
    }
    case 'usage':
      return { ...state, usage: part.usage };
    case 'finish': {
      if ((part.candidate ?? 0) > 0) return state;
      const { stop } = context.request.settings;
      // Where the upstream does not tell which sequence it met, one alone leaves no doubt.
      const stopSequence = part.stopSequence ?? (stop.length === 1 ? (stop[0] ?? null) : null);
      return { ...state, finish: part.reason, stopSequence };
    }
    default:
      return state;
  }
}

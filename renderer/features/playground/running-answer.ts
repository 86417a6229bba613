/** An answer while it is written: a value that grows with each part. */
import type { ToolCall } from '../../../contract/rpc/procedures/chat-content.ts';
import type { ChatPart } from '../../../contract/rpc/procedures/playground.ts';

export interface RunningAnswer {
  readonly conversation: string;
  readonly column: string;
  readonly turn: string;
  /** Unix ms. */
  readonly startedAt: number;
  readonly requestId: string | null;
  readonly served: { readonly provider: string; readonly model: string; readonly attempts: number } | null;
  /** ms since it was sent; null before the first word. */
  readonly firstContentAt: number | null;
  /** ms since it was sent until it said something besides reasoning; null before that. */
  readonly firstWordAt: number | null;
  readonly text: string;
  readonly reasoning: string;
  readonly refusal: string;
  readonly calls: readonly ToolCall[];
}

export function startAnswer(
  { conversation, column, turn }: Pick<RunningAnswer, 'conversation' | 'column' | 'turn'>,
  now: number,
): RunningAnswer {
  const nothing = { text: '', reasoning: '', refusal: '', calls: [] };
  return {
    conversation,
    column,
    turn,
    startedAt: now,
    requestId: null,
    served: null,
    firstContentAt: null,
    firstWordAt: null,
    ...nothing,
  };
}

/** The answer with one more part. */
export function withPart(answer: RunningAnswer, part: ChatPart, now: number): RunningAnswer {
  switch (part.kind) {
    case 'sent':
      return { ...answer, requestId: part.requestId };
    case 'served': {
      const { provider, model, attempts } = part;
      return { ...answer, served: { provider, model, attempts } };
    }
    case 'text-delta':
      return { ...spoke(answer, now), text: answer.text + part.text };
    case 'reasoning-delta':
      return { ...began(answer, now), reasoning: answer.reasoning + part.text };
    case 'refusal-delta':
      return { ...spoke(answer, now), refusal: answer.refusal + part.text };
    case 'call-delta':
      return { ...spoke(answer, now), calls: withCall(answer.calls, part) };
  }
}

/** Calls come in their order, each in pieces. */
function withCall(
  calls: readonly ToolCall[],
  { index, id, name, text }: Extract<ChatPart, { kind: 'call-delta' }>,
): readonly ToolCall[] {
  const known = calls[index];
  if (known === undefined) return [...calls, { id, name, arguments: text }];
  const more = {
    id: known.id || id,
    name: known.name || name,
    arguments: known.arguments + text,
  };
  return calls.with(index, more);
}

const spoke = (answer: RunningAnswer, now: number): RunningAnswer => ({
  ...began(answer, now),
  firstWordAt: answer.firstWordAt ?? now - answer.startedAt,
});

const began = (answer: RunningAnswer, now: number): RunningAnswer => ({
  ...answer,
  firstContentAt: answer.firstContentAt ?? now - answer.startedAt,
});

/** Streamed answers for clients of this dialect. */
import type { TokenCounts } from '../../../contract/log/row.ts';
import type { AnswerContext, StreamEncoder } from '../../core/client-shape.ts';
import type { JsonObject } from '../../core/json.ts';
import { describeUpstreamError } from '../../core/openai-error.ts';
import { openAiEvent as event, TERMINATOR } from '../../core/openai-stream.ts';
import { writeOpenAiUsage } from '../../core/openai-usage.ts';
import { createDeltaWriter, type ChoiceDelta } from './answer-deltas.ts';

export function encodeStream(context: AnswerContext): StreamEncoder {
  const { request, created, usageAsked } = context;
  const id = context.newId('chatcmpl-');
  const deltaOf = createDeltaWriter(context);
  /** Choices that have begun; each begins with the role. */
  const begun = new Set<number>();
  let { model } = request;
  let usage: TokenCounts | null = null;

  /** Whoever asked for usage gets a null one with every chunk but the last. */
  function chunk(choices: readonly JsonObject[], counts: JsonObject | null): string {
    const head = { id, object: 'chat.completion.chunk', created, model, choices };
    return event(usageAsked ? { ...head, usage: counts } : head);
  }

  function write({ candidate, delta, finish }: ChoiceDelta): string {
    const choice = (said: JsonObject, reason: string | null): readonly JsonObject[] => [
      { index: candidate, delta: said, logprobs: null, finish_reason: reason },
    ];
    const opening = begun.has(candidate)
      ? ''
      : chunk(choice({ role: 'assistant', content: '', refusal: null }, null), null);
    begun.add(candidate);
    return opening + chunk(choice(delta, finish), null);
  }

  return {
    encode(part) {
      if (part.kind === 'response-start' && part.model !== '') ({ model } = part);
      if (part.kind === 'usage') ({ usage } = part);
      const delta = deltaOf(part);
      return delta === null ? '' : write(delta);
    },
    end() {
      const counts = usageAsked && usage !== null ? chunk([], writeOpenAiUsage(usage)) : '';
      return counts + TERMINATOR;
    },
    fail: (error) => event({ error: describeUpstreamError(error) }),
  };
}

/** Answers for clients of this format, whole and streamed. */
import type { TokenCounts } from '../../../contract/log/row.ts';
import type { AnswerContext, StreamEncoder } from '../../core/client-shape.ts';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import type { JsonObject } from '../../core/json.ts';
import { describeUpstreamError } from '../../core/openai-error.ts';
import { openAiEvent, TERMINATOR } from '../../core/openai-stream.ts';
import { writeOpenAiUsage } from '../../core/openai-usage.ts';
import { choiceText, writeChoice, type ChoiceText } from './choice-text.ts';

export function encodeAnswer(parts: readonly StreamPart[], context: AnswerContext): string {
  const choices = new Map<number, ChoiceText>([[0, { candidate: 0, text: '', finish: 'stop' }]]);
  let { model } = context.request;
  let usage: TokenCounts | null = null;
  for (const part of parts) {
    if (part.kind === 'response-start' && part.model !== '') ({ model } = part);
    if (part.kind === 'usage') ({ usage } = part);
    const said = choiceText(part);
    if (said === null) continue;
    const before = choices.get(said.candidate) ?? { candidate: said.candidate, text: '', finish: 'stop' };
    choices.set(said.candidate, {
      ...before,
      text: before.text + said.text,
      finish: said.finish ?? before.finish,
    });
  }
  const listed = [...choices.values()].toSorted((one, other) => one.candidate - other.candidate);
  return JSON.stringify({
    ...head(context, context.newId('cmpl-'), model),
    choices: listed.map(writeChoice),
    ...(usage === null ? {} : { usage: writeOpenAiUsage(usage) }),
  });
}

export function encodeStream(context: AnswerContext): StreamEncoder {
  const id = context.newId('cmpl-');
  const { usageAsked } = context;
  let { model } = context.request;
  let usage: TokenCounts | null = null;

  /** Whoever asked for usage gets a null one with every chunk but the last. */
  function chunk(choices: readonly JsonObject[], counts: JsonObject | null): string {
    const value = { ...head(context, id, model), choices };
    return openAiEvent(usageAsked ? { ...value, usage: counts } : value);
  }

  return {
    encode(part) {
      if (part.kind === 'response-start' && part.model !== '') ({ model } = part);
      if (part.kind === 'usage') ({ usage } = part);
      const said = choiceText(part);
      return said === null ? '' : chunk([writeChoice(said)], null);
    },
    end: () => (usageAsked && usage !== null ? chunk([], writeOpenAiUsage(usage)) : '') + TERMINATOR,
    fail: (error) => openAiEvent({ error: describeUpstreamError(error) }),
  };
}

function head({ created }: AnswerContext, id: string, model: string): JsonObject {
  return { id, object: 'text_completion', created, model };
}

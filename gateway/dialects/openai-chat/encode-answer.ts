/** Whole answers for clients of this dialect. */
import type { AnswerContext } from '../../core/client-shape.ts';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';
import { writeOpenAiUsage } from '../../core/openai-usage.ts';
import { createDeltaWriter } from './answer-deltas.ts';

interface Choice {
  readonly message: JsonObject;
  readonly finish: string;
}

const NOTHING: Choice = { message: {}, finish: 'stop' };

export function encodeAnswer(parts: readonly StreamPart[], context: AnswerContext): string {
  const deltaOf = createDeltaWriter(context);
  const choices = new Map<number, Choice>([[0, NOTHING]]);
  let { model } = context.request;
  let usage: JsonObject | null = null;
  for (const part of parts) {
    if (part.kind === 'response-start' && part.model !== '') ({ model } = part);
    if (part.kind === 'usage') usage = writeOpenAiUsage(part.usage);
    const written = deltaOf(part);
    if (written === null) continue;
    const { candidate, delta, finish } = written;
    const before = choices.get(candidate) ?? NOTHING;
    choices.set(candidate, { message: join(before.message, delta), finish: finish ?? before.finish });
  }
  return JSON.stringify({
    id: context.newId('chatcmpl-'),
    object: 'chat.completion',
    created: context.created,
    model,
    choices: [...choices].sort(([one], [other]) => one - other).map(choice),
    ...(usage === null ? {} : { usage }),
  });
}

function choice([index, { message, finish }]: readonly [number, Choice]): JsonObject {
  // Clients expect null beside calls and refusals, and a text, though empty, where there is nothing else.
  const said = ['tool_calls', 'function_call', 'refusal'].some((name) => message[name] !== undefined);
  const calls = message['tool_calls'];
  return {
    index,
    message: {
      role: 'assistant',
      content: said ? null : '',
      refusal: null,
      ...message,
      ...(isArray(calls) ? { tool_calls: calls.map(withoutIndex) } : {}),
    },
    logprobs: null,
    finish_reason: finish,
  };
}

function withoutIndex(call: unknown): unknown {
  if (!isObject(call)) return call;
  return Object.fromEntries(Object.entries(call).filter(([name]) => name !== 'index'));
}

/** Texts grow, lists are continued; calls, which have an index, are joined with the one of the same index. */
function join(before: JsonObject, delta: JsonObject): JsonObject {
  const joined: Record<string, unknown> = { ...before };
  for (const [name, value] of Object.entries(delta)) {
    const known = joined[name];
    if (name === 'tool_calls') joined[name] = joinCalls(isArray(known) ? known : [], value);
    else if (typeof known === 'string' && typeof value === 'string') joined[name] = known + value;
    else if (isArray(known) && isArray(value)) joined[name] = [...known, ...value];
    else if (name === 'function_call' && isObject(known) && isObject(value))
      joined[name] = join(known, value);
    else joined[name] = value;
  }
  return joined;
}

function joinCalls(known: readonly unknown[], fragments: unknown): readonly unknown[] {
  return (isArray(fragments) ? fragments : []).reduce<readonly unknown[]>((calls, fragment) => {
    if (!isObject(fragment)) return calls;
    const at = calls.findIndex((call) => isObject(call) && call['index'] === fragment['index']);
    const call = calls[at];
    return isObject(call) ? calls.with(at, joinCall(call, fragment)) : [...calls, fragment];
  }, known);
}

function joinCall(call: JsonObject, fragment: JsonObject): JsonObject {
  const member = isObject(fragment['custom']) ? 'custom' : 'function';
  const [before, more] = [call[member], fragment[member]];
  return isObject(before) && isObject(more) ? { ...call, [member]: join(before, more) } : call;
}

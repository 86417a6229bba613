/** An assistant's turn as one message: this dialect keeps words, calls and thoughts in members of their own. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { AssistantPart, ReasoningPart, ToolCallPart } from '../../core/canonical/parts.ts';
import type { Warn } from '../../core/canonical/request.ts';
import type { Target } from '../../core/dialect.ts';
import type { JsonObject } from '../../core/json.ts';
import { restoreEntries } from './reasoning-details.ts';

/** @returns null when nothing is left of it */
export function encodeAssistant(
  parts: readonly AssistantPart[],
  target: Target,
  warn: Warn,
): JsonObject | null {
  const calls = parts.filter((part) => part.kind === 'tool-call');
  const refusal = joined(parts, 'refusal');
  const text = joined(parts, 'text');
  const thoughts = encodeThoughts(parts, calls.length > 0, target, warn);
  if (parts.some(({ kind }) => kind === 'image' || kind === 'audio')) {
    warn(remark('made-media'));
  }
  if (text === '' && refusal === '' && calls.length === 0 && Object.keys(thoughts).length === 0) return null;
  return {
    role: 'assistant',
    content: text === '' && (calls.length > 0 || refusal !== '') ? null : text,
    ...(refusal === '' ? {} : { refusal }),
    ...thoughts,
    ...(calls.length === 0 ? {} : { tool_calls: calls.map(encodeCall) }),
  };
}

/** Neighbouring texts were one; between others something stood, so they are paragraphs. */
function joined(parts: readonly AssistantPart[], kind: 'text' | 'refusal'): string {
  let text = '';
  let apart = false;
  for (const part of parts) {
    if (part.kind === kind) {
      text += (apart && text !== '' && part.text !== '' ? '\n\n' : '') + part.text;
      apart = false;
    } else {
      apart = true;
    }
  }
  return text;
}

function encodeCall({ id, name, input, custom }: ToolCallPart): JsonObject {
  if (custom) return { id, type: 'custom', custom: { name, input } };
  return { id, type: 'function', function: { name, arguments: input.trim() === '' ? '{}' : input } };
}

function encodeThoughts(
  parts: readonly AssistantPart[],
  called: boolean,
  { provider, chat }: Target,
  warn: Warn,
): JsonObject {
  const thoughts = parts.filter((part) => part.kind === 'reasoning');
  const text = thoughts.map((part) => part.text).join('');
  if (chat.reasoningBack === 'reasoning_details') return openRouterThoughts(thoughts, text);
  // Of turns without calls it may be left out, and older DeepSeek models refuse it there.
  if (chat.reasoningBack === 'reasoning_content')
    return called && text !== '' ? { reasoning_content: text } : {};
  if (text !== '') warn(remark('earlier-reasoning', { provider }));
  return {};
}

/** Signed entries as they came; where nothing was signed, the words alone. */
function openRouterThoughts(thoughts: readonly ReasoningPart[], text: string): JsonObject {
  const values = thoughts.flatMap(({ signature }) =>
    signature?.format === 'reasoning-details' ? [signature.value] : [],
  );
  const entries = restoreEntries(values);
  if (entries.length > 0) return { reasoning_details: entries };
  return text === '' ? {} : { reasoning: text };
}

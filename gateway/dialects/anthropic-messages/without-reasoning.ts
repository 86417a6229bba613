/** Takes earlier thoughts out of a request whose target would refuse them. */
import { WRAPPED } from '../../core/canonical/signature.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';

/**
 * A message of thoughts alone goes as a whole, for empty ones are refused. Where thinking with a budget then finds
 * a tool call without the thoughts before it, thinking is switched off: the API refuses that too.
 */
export function withoutReasoning(request: JsonObject, which: 'foreign' | 'all'): JsonObject {
  const { messages } = request;
  if (!isArray(messages)) return request;
  const goes = which === 'all' ? isThought : isForeign;
  const kept = messages.flatMap((message) => lighten(message, goes));
  const untouched = kept.length === messages.length && kept.every((message, at) => message === messages[at]);
  if (untouched) return request;
  const lighter = { ...request, messages: kept };
  return thinksWithBudget(request) && opensWithoutThought(kept) ? withoutThinking(lighter) : lighter;
}

function lighten(message: unknown, goes: (block: unknown) => boolean): readonly unknown[] {
  if (!isObject(message) || !isArray(message['content'])) return [message];
  const content = message['content'].filter((block) => !goes(block));
  if (content.length === message['content'].length) return [message];
  return content.length === 0 ? [] : [{ ...message, content }];
}

const isThought = (block: unknown): boolean =>
  isObject(block) && (block['type'] === 'thinking' || block['type'] === 'redacted_thinking');

/** Wrapped ones were signed by others; those without a signature were never Anthropic's. */
function isForeign(block: unknown): boolean {
  if (!isObject(block) || !isThought(block)) return false;
  const proof = block['type'] === 'thinking' ? block['signature'] : block['data'];
  return typeof proof !== 'string' || proof === '' || proof.startsWith(WRAPPED);
}

function thinksWithBudget({ thinking }: JsonObject): boolean {
  return isObject(thinking) && thinking['type'] === 'enabled';
}

/** The last turn of the assistant calls a tool and does not begin with a thought. */
function opensWithoutThought(messages: readonly unknown[]): boolean {
  const last = messages.findLast((message) => isObject(message) && message['role'] === 'assistant');
  const content = isObject(last) && isArray(last['content']) ? last['content'] : [];
  const calls = content.some((block) => isObject(block) && block['type'] === 'tool_use');
  return calls && !isThought(content[0]);
}

/** The edit that clears thoughts is refused where there is no thinking. */
function withoutThinking(request: JsonObject): JsonObject {
  const changed = Object.entries(request).flatMap(
    ([name, value]): readonly (readonly [string, unknown])[] => {
      if (name === 'thinking') return [];
      if (name !== 'context_management' || !isObject(value) || !isArray(value['edits']))
        return [[name, value]];
      const edits = value['edits'].filter((edit) => !clearsThoughts(edit));
      return edits.length === 0 ? [] : [[name, { ...value, edits }]];
    },
  );
  return Object.fromEntries(changed);
}

const clearsThoughts = (edit: unknown): boolean =>
  isObject(edit) && typeof edit['type'] === 'string' && edit['type'].startsWith('clear_thinking');

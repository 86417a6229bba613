/** Takes earlier thoughts out of a request whose target would refuse them. */
import { WRAPPED } from '../../core/canonical/signature.ts';
import type { Target } from '../../core/dialect.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';
import { signsThoughts } from './model-rules.ts';

/**
 * A message of thoughts alone goes as a whole, for empty ones are refused. Where thinking with a budget then finds
 * a tool call without the thoughts before it, thinking is switched off: the API refuses that too. Targets that sign
 * nothing lose only the proofs of others.
 */
export function withoutReasoning(
  request: JsonObject,
  which: 'foreign' | 'all',
  target: Pick<Target, 'provider' | 'model'>,
): JsonObject {
  const { messages } = request;
  if (!isArray(messages)) return request;
  const unproven = which === 'foreign' && !signsThoughts(target);
  const change = unproven ? withoutProof : leaveOut(which === 'all' ? isThought : isForeign);
  const kept = messages.flatMap((message) => lighten(message, change));
  const untouched = kept.length === messages.length && kept.every((message, at) => message === messages[at]);
  if (untouched) return request;
  const lighter = { ...request, messages: kept };
  return !unproven && thinksWithBudget(request) && opensWithoutThought(kept)
    ? withoutThinking(lighter)
    : lighter;
}

type Change = (block: unknown) => readonly unknown[];

function lighten(message: unknown, change: Change): readonly unknown[] {
  if (!isObject(message) || !isArray(message['content'])) return [message];
  const before = message['content'];
  const content = before.flatMap(change);
  if (content.length === before.length && content.every((block, at) => block === before[at]))
    return [message];
  return content.length === 0 ? [] : [{ ...message, content }];
}

const leaveOut =
  (goes: (block: unknown) => boolean): Change =>
  (block) =>
    goes(block) ? [] : [block];

const isThought = (block: unknown): boolean =>
  isObject(block) && (block['type'] === 'thinking' || block['type'] === 'redacted_thinking');

/** Of a thought that others signed the words are left, as one that nobody signed. */
function withoutProof(block: unknown): readonly unknown[] {
  if (!isObject(block) || !isThought(block)) return [block];
  const { thinking, signature, data } = block;
  const wrapped = [signature, data].some((proof) => typeof proof === 'string' && proof.startsWith(WRAPPED));
  if (!wrapped) return [block];
  return typeof thinking === 'string' && thinking !== '' ? [{ ...block, signature: '' }] : [];
}

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

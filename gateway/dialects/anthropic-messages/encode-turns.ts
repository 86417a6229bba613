/** Writes a conversation as `messages` that the API takes. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { TextPart, Turn } from '../../core/canonical/parts.ts';
import {
  encodeAssistantParts,
  encodeUserParts,
  isThought,
  text,
  type Block,
  type Writing,
} from './encode-parts.ts';
import type { ModelRules } from './model-rules.ts';
import { pairCalls } from './pair-calls.ts';

export interface Message {
  readonly role: 'user' | 'assistant' | 'system';
  readonly content: readonly Block[];
}

/** Begins with the user and has no empty message. */
export function encodeTurns(turns: readonly Turn[], rules: ModelRules, writing: Writing): readonly Message[] {
  const paired = pairCalls(turns, writing.warn);
  const messages: Message[] = [];
  for (const [index, turn] of paired.entries()) {
    const next = paired[index + 1]?.role;
    add(messages, encodeTurn(turn, messages.at(-1)?.role, next, rules, writing));
  }
  if (messages[0]?.role === 'assistant') {
    writing.warn(remark('user-first', { provider: 'Anthropic' }));
    messages.unshift({ role: 'user', content: text('Hello.') });
  }
  return messages;
}

function encodeTurn(
  turn: Turn,
  before: Message['role'] | undefined,
  after: Turn['role'] | undefined,
  rules: ModelRules,
  writing: Writing,
): Message {
  switch (turn.role) {
    case 'user':
      return { role: 'user', content: encodeUserParts(turn.parts, writing) };
    case 'assistant':
      return { role: 'assistant', content: encodeAssistantParts(turn.parts, writing) };
    case 'system': {
      // Only behind a turn of the user and not in the middle of one.
      const fits = rules.systemRole && before === 'user' && after !== 'user';
      if (fits) return { role: 'system', content: encodeInstructions(turn.parts, writing) };
      writing.warn(remark('instructions-marked', { mark: '<system>' }));
      const marked = turn.parts.map((part) => ({ ...part, text: `<system>\n${part.text}\n</system>` }));
      return { role: 'user', content: encodeInstructions(marked, writing) };
    }
  }
}

export function encodeInstructions(parts: readonly TextPart[], { mark }: Writing): readonly Block[] {
  return parts.flatMap((part) => text(part.text, mark(part.cache)));
}

/** Neighbours of one role become one message. */
function add(messages: Message[], message: Message): void {
  if (message.content.length === 0) return;
  const last = messages.at(-1);
  if (last?.role !== message.role) messages.push(message);
  else messages.splice(-1, 1, { role: last.role, content: [...last.content, ...message.content] });
}

/** The API refuses thinking with a budget where the last call of a tool was made without a thought before it. */
export function continuesWithoutThought(messages: readonly Message[]): boolean {
  const last = messages.findLast(({ role }) => role === 'assistant');
  if (last === undefined || !last.content.some(({ type }) => type === 'tool_use')) return false;
  const [first] = last.content;
  return first === undefined || !isThought(first);
}

const CONTINUE = 'Continue exactly where your last message ends, without repeating it.';

/** A beginning of the answer at the end of the conversation: as the model takes it, or with a request to go on. */
export function endWithUser(
  messages: readonly Message[],
  prefill: boolean,
  { warn }: Writing,
): readonly Message[] {
  const last = messages.at(-1);
  if (last?.role !== 'assistant') return messages;
  if (prefill) return [...messages.slice(0, -1), { ...last, content: trimEnd(last.content) }];
  warn(remark('begun-answer'));
  return [...messages, { role: 'user', content: text(CONTINUE) }];
}

/** A begun answer that ends in blanks is refused. */
function trimEnd(content: readonly Block[]): readonly Block[] {
  const last = content.at(-1);
  const words = last?.['text'];
  if (last?.type !== 'text' || typeof words !== 'string') return content;
  return [...content.slice(0, -1), { ...last, text: words.trimEnd() }];
}

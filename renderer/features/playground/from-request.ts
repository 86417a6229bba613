/** A logged request as the beginning of a conversation. Pure. */
import type { ChatMessage } from '../../../contract/rpc/chat-body.ts';
import type { ChatParameters } from '../../../contract/rpc/procedures/playground.ts';
import type { Conversation } from '../../../contract/rpc/procedures/conversations.ts';
import { makeId, makeTurn, newConversation } from './conversation.ts';
import { asChat, isObject, type Json } from './logged-formats.ts';
import { readParameters } from './parameters.ts';
import { addTurn, withColumn } from './tree.ts';

export interface Filling {
  readonly model: string;
  readonly system: string;
  /** Everything before what was asked last. */
  readonly history: readonly ChatMessage[];
  /** What was asked last, ready to be changed and sent. */
  readonly draft: string;
  readonly parameters: ChatParameters;
  /** True where something of the request has no place here: pictures, tools, files. */
  readonly leftOut: boolean;
}

/**
 * @param dialect the format of the request, as the log names it
 * @returns null where it is no chat, or not whole
 */
export function readLoggedRequest(body: string, dialect: string): Filling | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return null;
  }
  const value = isObject(parsed) ? asChat(parsed, dialect) : null;
  if (value === null || !Array.isArray(value['messages'])) return null;
  const read = value['messages'].filter(isObject).map(readMessage);
  const said = read.flatMap(({ message }) => message ?? []);
  const system = said.filter(({ role }) => role === 'system').map(({ text }) => text);
  const turns = said.filter(({ role }) => role !== 'system');
  const last = turns.at(-1);
  const asksLast = last?.role === 'user';
  return {
    model: typeof value['model'] === 'string' ? value['model'].slice(0, 200) : '',
    system: system.join('\n\n'),
    history: asksLast ? turns.slice(0, -1) : turns,
    draft: asksLast ? last.text : '',
    parameters: readParameters(value),
    leftOut:
      read.some(({ whole }) => !whole) || value['tools'] !== undefined || value['functions'] !== undefined,
  };
}

/** A conversation that goes on after what the request told. */
export function conversationOf(filling: Filling, title: string, now: number): Conversation {
  const { model, system, history, parameters } = filling;
  const start = { ...newConversation(makeId(), [model], now), title, system };
  const [column] = start.columns;
  if (column === undefined) return start;
  const set = withColumn(start, column.id, (one) => ({ ...one, parameters }));
  return history.reduce((conversation, { role, text }) => {
    const leaf = conversation.columns[0]?.leaf ?? null;
    const turn = makeTurn(role === 'assistant' ? 'assistant' : 'user', leaf, now, { text });
    return addTurn(conversation, turn, [column.id]);
  }, set);
}

function readMessage(message: Json): {
  readonly message: ChatMessage | null;
  readonly whole: boolean;
} {
  const { role, content } = message;
  const parts = Array.isArray(content) ? content.filter(isObject) : [];
  const texts = parts.flatMap(({ text }) => (typeof text === 'string' ? [text] : []));
  const text = typeof content === 'string' ? content : texts.join('\n\n');
  const whole = texts.length === parts.length && message['tool_calls'] === undefined;
  // A message of calls or their results alone has nothing to show.
  if (!whole && text === '') return { message: null, whole };
  // Newer models are told their system prompt as `developer`.
  if (role === 'system' || role === 'developer') return { message: { role: 'system', text }, whole };
  if (role === 'user' || role === 'assistant') return { message: { role, text }, whole };
  return { message: null, whole: false };
}

/** A request that was read as a chat, as a conversation that goes on after it. Pure. */
import type { ChatMessage } from '../../../contract/rpc/chat-body.ts';
import type { ChatFile, ToolResult } from '../../../contract/rpc/procedures/chat-content.ts';
import type { Conversation, ConversationTurn } from '../../../contract/rpc/procedures/conversations.ts';
import type { ReadChat } from '../../../contract/rpc/procedures/playground.ts';
import { makeId, makeTurn, newConversation } from './conversation.ts';
import { moveTo, withColumn } from './tree.ts';

export interface Begun {
  readonly conversation: Conversation;
  /** What was asked last, ready to be changed and sent. */
  readonly draft: string;
  /** Its files. */
  readonly files: readonly ChatFile[];
}

/** @param begin.draft what was asked last becomes a draft, and no turn */
export function conversationOf(
  chat: ReadChat,
  begin: { readonly title: string; readonly draft: boolean },
  now: number,
): Begun {
  const { system, tools, toolChoice, format, parameters } = chat;
  const start: Conversation = {
    ...newConversation(makeId(), [chat.model], now),
    title: begin.title.slice(0, 200),
    system,
    tools: tools.map((tool) => ({ ...tool, canned: null })),
    toolChoice,
    format,
  };
  const column = start.columns[0]?.id ?? '';
  const last = chat.messages.at(-1);
  const asked = begin.draft && last?.role === 'user' ? last : null;
  const said = asked === null ? chat.messages : chat.messages.slice(0, -1);
  const turns: ConversationTurn[] = [];
  for (const parts of turnsOf(said)) turns.push(makeTurn(parts.role, turns.at(-1)?.id ?? null, now, parts));
  const conversation = withColumn({ ...start, turns }, column, (one) =>
    moveTo({ turns }, { ...one, parameters }, turns.at(-1)?.id ?? null),
  );
  return { conversation, draft: asked?.text ?? '', files: asked?.files ?? [] };
}

type Parts = Pick<ConversationTurn, 'role'> & Partial<ConversationTurn>;

/** Results of tools that stand together are one turn. */
function turnsOf(messages: readonly ChatMessage[]): readonly Parts[] {
  const turns: Parts[] = [];
  for (const { role, text, files = [], calls = [], callId = '' } of messages) {
    if (role === 'system') continue;
    if (role !== 'tool') {
      turns.push({ role, text, files: [...files], calls: [...calls] });
      continue;
    }
    const result: ToolResult = { callId, text, origin: 'manual' };
    const last = turns.at(-1);
    if (last?.role === 'tool') turns[turns.length - 1] = { role, results: [...(last.results ?? []), result] };
    else turns.push({ role, results: [result] });
  }
  return turns;
}

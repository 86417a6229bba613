/** Calls of tools: whether their arguments are JSON, what answers them, and when a conversation goes on by itself. Pure. */
import type { ToolCall, ToolResult } from '../../../contract/rpc/procedures/chat-content.ts';
import type { Conversation, ConversationTurn } from '../../../contract/rpc/procedures/conversations.ts';
import { toolRounds } from './tree.ts';

/** Rounds of tool results that are sent without asking before somebody has to look. */
export const MOST_TOOL_ROUNDS = 10;

/** Are the arguments of a call JSON? Empty ones stand for none. */
export function parseArguments({ arguments: text }: ToolCall): {
  readonly ok: boolean;
  readonly value: unknown;
} {
  if (text.trim() === '') return { ok: true, value: {} };
  try {
    const value: unknown = JSON.parse(text);
    return { ok: typeof value === 'object' && value !== null && !Array.isArray(value), value };
  } catch {
    return { ok: false, value: undefined };
  }
}

/** The choice of tools as it is sent. One that names a tool that was renamed or removed chooses none any more. */
export function choiceAmong(tools: Conversation['tools'], choice: string): string {
  return !choice.startsWith('tool:') || tools.some(({ name }) => choice === `tool:${name}`) ? choice : 'auto';
}

/** Results of those calls whose tool has a canned one. */
export function cannedResults({ tools }: Conversation, { calls }: ConversationTurn): readonly ToolResult[] {
  return calls.flatMap(({ id, name }) => {
    const canned = tools.find((tool) => tool.name === name)?.canned ?? null;
    return canned === null ? [] : [{ callId: id, text: canned, origin: 'canned' as const }];
  });
}

/** Calls of the answer at the end of a path, which nobody has answered yet. */
export function openCalls(path: readonly ConversationTurn[]): readonly ToolCall[] {
  const last = path.at(-1);
  return last?.role === 'assistant' ? last.calls : [];
}

/** May what is canned be sent on without asking? */
export function mayContinue(
  conversation: Conversation,
  answer: ConversationTurn,
  path: readonly ConversationTurn[],
): boolean {
  const { calls, figures } = answer;
  if (!conversation.autoContinue || calls.length === 0 || figures?.outcome !== 'ok') return false;
  return cannedResults(conversation, answer).length === calls.length && toolRounds(path) < MOST_TOOL_ROUNDS;
}

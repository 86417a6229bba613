/** Conversations as values: made, changed and read without any side effect. Pure. */
import type { ChatMessage } from '../../../contract/rpc/chat-body.ts';
import type {
  Conversation,
  ConversationSummary,
  ConversationTurn,
  TurnFigures,
} from '../../../contract/rpc/procedures/conversations.ts';
import type { ChatEnd } from '../../../contract/rpc/procedures/playground.ts';

const LONGEST_TITLE = 60;
const DAY = 86_400_000;

/** An id that nobody else has; also where the page is served over plain HTTP. */
export function makeId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  return `c-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

export function newConversation(id: string, model: string, now: number): Conversation {
  const start = { title: '', system: '', parameters: {}, turns: [] };
  return { id, model, ...start, createdAt: now, updatedAt: now };
}

export function makeTurn(role: ConversationTurn['role'], text: string, now: number): ConversationTurn {
  return { id: makeId(), role, text, reasoning: '', refusal: '', at: now, figures: null };
}

/** The first line of what was asked first. */
export function titleOf(text: string): string {
  const line = text.trim().split('\n', 1)[0]?.trim() ?? '';
  return line.length <= LONGEST_TITLE ? line : `${line.slice(0, LONGEST_TITLE - 1).toWellFormed()}…`;
}

/** What a model is told of a conversation; answers without words are left out. */
export function messagesOf({ system, turns }: Conversation): readonly ChatMessage[] {
  const said = turns
    .map(({ role, text, refusal }): ChatMessage => ({ role, text: text === '' ? refusal : text }))
    .filter(({ text }) => text !== '');
  return system.trim() === '' ? said : [{ role: 'system', text: system }, ...said];
}

export function withTurn(conversation: Conversation, changed: ConversationTurn): Conversation {
  const turns = conversation.turns.map((turn) => (turn.id === changed.id ? changed : turn));
  return { ...conversation, turns };
}

/** The conversation up to a turn, that turn left out. */
export function before(conversation: Conversation, turnId: string): Conversation {
  const at = conversation.turns.findIndex(({ id }) => id === turnId);
  return { ...conversation, turns: conversation.turns.slice(0, Math.max(0, at)) };
}

export function figuresOf(end: ChatEnd): TurnFigures {
  return {
    requestId: end.requestId,
    outcome: end.outcome,
    provider: end.provider,
    model: end.model,
    keyFingerprint: end.keyFingerprint,
    attempts: end.attempts,
    firstContentAt: end.firstContentAt,
    doneAt: end.doneAt,
    inputTokens: end.tokens?.input ?? null,
    cachedTokens: end.tokens?.cacheRead ?? null,
    outputTokens: end.tokens?.output ?? null,
    reasoningTokens: end.tokens?.reasoning ?? null,
    finishReason: end.finishReason,
    error: end.error,
  };
}

/** Tokens a second from the first word to the last; null where there is nothing to divide. */
export function speedOf(tokens: number | null, firstContentAt: number | null, doneAt: number): number | null {
  if (tokens === null || tokens < 2 || firstContentAt === null || doneAt - firstContentAt < 50) return null;
  return (tokens / (doneAt - firstContentAt)) * 1_000;
}

/** A guess while nobody has counted: four Latin letters make a token, one Chinese character does too. */
export function estimateTokens(text: string): number {
  const wide = text.match(/[\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]/g)?.length ?? 0;
  return Math.ceil(wide + (text.length - wide) / 4);
}

export type Age = 'today' | 'yesterday' | 'week' | 'earlier';

export interface AgeGroup {
  readonly age: Age;
  readonly conversations: readonly ConversationSummary[];
}

/** @param conversations newest first */
export function groupByAge(conversations: readonly ConversationSummary[], now: number): readonly AgeGroup[] {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const ageOf = (at: number): Age => {
    if (at >= midnight) return 'today';
    if (at >= midnight - DAY) return 'yesterday';
    return at >= midnight - 7 * DAY ? 'week' : 'earlier';
  };
  return (['today', 'yesterday', 'week', 'earlier'] as const)
    .map((age) => ({ age, conversations: conversations.filter(({ updatedAt }) => ageOf(updatedAt) === age) }))
    .filter((group) => group.conversations.length > 0);
}

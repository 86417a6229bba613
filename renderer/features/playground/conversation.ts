/** Conversations as values: made, changed and read without any side effect. Pure. */
import type { Chat, ChatMessage } from '../../../contract/rpc/chat-body.ts';
import type { ChatFile } from '../../../contract/rpc/procedures/chat-content.ts';
import type {
  Conversation,
  ConversationColumn,
  ConversationSummary,
  ConversationTurn,
  TurnFigures,
} from '../../../contract/rpc/procedures/conversations.ts';
import type { ChatEnd } from '../../../contract/rpc/procedures/playground.ts';
import { choiceAmong } from './tools.ts';

const LONGEST_TITLE = 60;
const DAY = 86_400_000;

/** An id that nobody else has; also where the page is served over plain HTTP. */
export function makeId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  return `c-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Models side by side. */
export const MOST_COLUMNS = 4;

export function newColumn(model: string): ConversationColumn {
  return { id: makeId(), model, parameters: {}, leaf: null, chosen: {} };
}

/** @param models one or more; those beyond the fourth are left out */
export function newConversation(id: string, models: readonly string[], now: number): Conversation {
  const [first = '', ...others] = models.slice(0, MOST_COLUMNS);
  return {
    id,
    title: '',
    system: '',
    columns: [newColumn(first), ...others.map(newColumn)],
    synced: true,
    tools: [],
    toolChoice: 'auto',
    autoContinue: false,
    format: { kind: 'text' },
    turns: [],
    createdAt: now,
    updatedAt: now,
  };
}

export function makeTurn(
  role: ConversationTurn['role'],
  parent: string | null,
  now: number,
  parts: Partial<ConversationTurn> = {},
): ConversationTurn {
  return {
    id: makeId(),
    parent,
    column: '',
    role,
    text: '',
    reasoning: '',
    refusal: '',
    files: [],
    calls: [],
    results: [],
    model: '',
    format: 'text',
    at: now,
    figures: null,
    ...parts,
  };
}

/** The first line of what was asked first. */
export function titleOf(text: string): string {
  const line = text.trim().split('\n', 1)[0]?.trim() ?? '';
  return line.length <= LONGEST_TITLE ? line : `${line.slice(0, LONGEST_TITLE - 1).toWellFormed()}…`;
}

/** Stands for the result of a call that nobody answered before going on: providers refuse a call without one. */
export const NO_RESULT = 'No result was given for this call.';

/** What a model is told along a path; answers that say nothing are left out. */
export function messagesOf(system: string, path: readonly ConversationTurn[]): readonly ChatMessage[] {
  const said = path.flatMap((turn, place) => [
    ...messagesOfTurn(turn),
    ...missingResults(turn, path[place + 1]),
  ]);
  return system.trim() === '' ? said : [{ role: 'system', text: system }, ...said];
}

function messagesOfTurn(turn: ConversationTurn): readonly ChatMessage[] {
  const { role, files, calls, results } = turn;
  if (role === 'tool') return results.map(({ callId, text }) => ({ role, text, callId }));
  const text = turn.text === '' ? turn.refusal : turn.text;
  if (text === '' && files.length === 0 && calls.length === 0) return [];
  return [{ role, text, ...(files.length > 0 && { files }), ...(calls.length > 0 && { calls }) }];
}

/** At the end of a path results may still come; where it goes on, they will not. */
function missingResults({ role, calls }: ConversationTurn, next?: ConversationTurn): readonly ChatMessage[] {
  if (role !== 'assistant' || next === undefined) return [];
  const given = new Set(next.role === 'tool' ? next.results.map(({ callId }) => callId) : []);
  return calls
    .filter(({ id }) => !given.has(id))
    .map(({ id }) => ({ role: 'tool', text: NO_RESULT, callId: id }));
}

/** The chat that asks a column's model for the next turn. */
export function chatOf(
  conversation: Conversation,
  column: ConversationColumn,
  path: readonly ConversationTurn[],
): Chat {
  const { system, tools, toolChoice, format } = conversation;
  return {
    model: column.model,
    messages: messagesOf(system, path),
    parameters: column.parameters,
    ...(tools.length > 0 && {
      tools: tools.map(({ name, description, schema }) => ({ name, description, schema })),
      toolChoice: choiceAmong(tools, toolChoice),
    }),
    ...(format.kind !== 'text' && { format }),
  };
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
    reasonedFor: null,
    cost: end.cost,
    warnings: [...end.warnings],
    finishReason: end.finishReason,
    error: end.error,
  };
}

/** Tokens a second from the first word to the last; null where there is nothing to divide. */
export function speedOf(tokens: number | null, firstContentAt: number | null, doneAt: number): number | null {
  if (tokens === null || tokens < 2 || firstContentAt === null || doneAt - firstContentAt < 50) return null;
  return (tokens / (doneAt - firstContentAt)) * 1_000;
}

/** Of a longer text parts are looked at, evenly: a guess need not count millions of characters. */
const SAMPLED = 40_000;
const SAMPLES = 20;

/** A guess while nobody has counted: four Latin letters make a token, one Chinese character does too. */
export function estimateTokens(text: string): number {
  if (text.length <= SAMPLED) return tokensIn(text);
  const piece = SAMPLED / SAMPLES;
  const step = (text.length - piece) / (SAMPLES - 1);
  let tokens = 0;
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const start = Math.round(sample * step);
    tokens += tokensIn(text.slice(start, start + piece));
  }
  return Math.ceil((tokens * text.length) / SAMPLED);
}

function tokensIn(text: string): number {
  const wide = text.match(/[\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]/g)?.length ?? 0;
  return Math.ceil(wide + (text.length - wide) / 4);
}

/** Of the texts among the files; four bytes make a token. What a picture takes, each vendor counts its own way. */
export const tokensOfFiles = (files: readonly Pick<ChatFile, 'kind' | 'size'>[]): number =>
  files.reduce((sum, { kind, size }) => sum + (kind === 'text' ? Math.ceil(size / 4) : 0), 0);

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

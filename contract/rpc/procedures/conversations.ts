/** Conversations of the playground, kept by the gateway so that they outlive window and browser. */
import * as z from 'zod/mini';
import { MOST_FILES, MOST_TOOLS } from '../chat-limits.ts';
import { define, nothing } from '../define.ts';
import { answerFormat, chatFile, chatTool, toolCall, toolChoice, toolResult } from './chat-content.ts';
import { remarkSchema } from '../remarks/remark-schema.ts';
import { chatParameters } from './playground.ts';

const turnId = z.string().check(z.minLength(1), z.maxLength(64));
const words = z.string().check(z.maxLength(4_000_000));
const count = z.nullable(z.int());

const figures = z.strictObject({
  requestId: z.nullable(z.string()),
  outcome: z.enum(['ok', 'error', 'cut', 'stopped']),
  provider: z.nullable(z.string()),
  model: z.nullable(z.string()),
  keyFingerprint: z.nullable(z.string()),
  attempts: z.int(),
  firstContentAt: z.nullable(z.number()),
  doneAt: z.number(),
  inputTokens: count,
  cachedTokens: count,
  outputTokens: count,
  reasoningTokens: count,
  /** How long the model thought aloud, ms; null where it did not, or nobody watched. */
  reasonedFor: z._default(z.nullable(z.number()), null),
  /** Pico-dollars; null while not known. */
  cost: z._default(z.nullable(z.number()), null),
  /** What the gateway changed or could not keep of the request. */
  warnings: z._default(z.array(remarkSchema).check(z.maxLength(100)), []),
  finishReason: z.nullable(z.string()),
  error: z.nullable(
    z.strictObject({ code: z.string(), message: z.string(), told: z.optional(remarkSchema) }),
  ),
});

/** One turn of the tree. */
const turn = z.strictObject({
  id: turnId,
  /** The turn it answers or follows; null where a path begins. */
  parent: z.nullable(turnId),
  /** The column it was made for; empty where it belongs to all. */
  column: z.string().check(z.maxLength(64)),
  /** `tool` gives the results of the calls in the turn before. */
  role: z.enum(['user', 'assistant', 'tool']),
  text: words,
  /** What the model thought aloud; only answers have it. */
  reasoning: words,
  /** Words with which the model declined, where it says so apart from its text. */
  refusal: words,
  /** Of a user's turn. */
  files: z.array(chatFile).check(z.maxLength(MOST_FILES)),
  /** Of an answer. */
  calls: z.array(toolCall).check(z.maxLength(128)),
  /** Of a `tool` turn. */
  results: z.array(toolResult).check(z.maxLength(128)),
  /** What an answer was asked of: a model or an alias; empty on other turns. */
  model: z.string().check(z.maxLength(200)),
  /** The form that an answer was asked to have; `text` on other turns. */
  format: z._default(z.enum(['text', 'json', 'schema']), 'text'),
  /** Unix ms. */
  at: z.number(),
  /** How the answer came to be; null on turns that are no answers. */
  figures: z.nullable(figures),
});

/** One of the models side by side. */
const column = z.strictObject({
  id: turnId,
  model: z.string().check(z.maxLength(200)),
  parameters: chatParameters,
  /** The last turn of the path it shows; null where it is empty. */
  leaf: z.nullable(turnId),
  /** Which turn is shown where a path forks: by parent (empty for the beginning), the chosen child. */
  chosen: z.record(z.string(), turnId),
});

/** A tool with the answer it is said to give. */
const conversationTool = z.strictObject({
  ...chatTool.shape,
  /** Null where a person writes the result. */
  canned: z.nullable(z.string().check(z.maxLength(1_000_000))),
});

/** One conversation; also the form it is stored in. */
export const conversationSchema = z.strictObject({
  id: z.string().check(z.regex(/^[a-z0-9-]{8,64}$/, 'a conversation id has 8 to 64 of a-z, 0-9 and -')),
  title: z.string().check(z.maxLength(200)),
  system: z.string().check(z.maxLength(1_000_000)),
  columns: z.array(column).check(z.minLength(1), z.maxLength(4)),
  /** What is said is said to every column. */
  synced: z.boolean(),
  tools: z.array(conversationTool).check(z.maxLength(MOST_TOOLS)),
  toolChoice,
  /** Canned results are sent on without asking. */
  autoContinue: z.boolean(),
  format: answerFormat,
  turns: z.array(turn).check(z.maxLength(4_000)),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type Conversation = z.output<typeof conversationSchema>;
export type ConversationTurn = Conversation['turns'][number];
export type ConversationColumn = Conversation['columns'][number];
export type ConversationTool = Conversation['tools'][number];
export type TurnFigures = NonNullable<ConversationTurn['figures']>;

/** What a list shows of a conversation. */
export interface ConversationSummary {
  readonly id: string;
  readonly title: string;
  /** Of the first column. */
  readonly model: string;
  /** Columns. */
  readonly models: number;
  readonly turns: number;
  readonly updatedAt: number;
}

/** One as it is kept. */
export type KeptConversation = Conversation & {
  /** Tells one state of it from every other. */
  readonly revision: string;
};

export type SavedConversation = ConversationSummary & Pick<KeptConversation, 'revision'>;

/** One was saved, or is gone. */
export interface ConversationChange {
  readonly id: string;
  /** Null where it is gone. */
  readonly saved: SavedConversation | null;
}

export interface ConversationList {
  /** Newest first. */
  readonly conversations: readonly ConversationSummary[];
  /** Files that could not be read since the gateway started: set aside, not deleted. Paths a person can open. */
  readonly setAside: readonly string[];
}

const id = z.strictObject({ id: conversationSchema.shape.id });
const putting = z.strictObject({
  ...conversationSchema.shape,
  /** What it was made of; null: of none. Without it, it replaces whatever there is. */
  revision: z.optional(z.nullable(z.string().check(z.maxLength(64)))),
});
export type ConversationToPut = z.output<typeof putting>;

export const conversationProcedures = {
  'conversations.list': define(nothing).returns<ConversationList>(),
  'conversations.get': define(id).returns<KeptConversation>(),
  /**
   * Makes or replaces one; refused with `conflict` where another revision is kept than the one it was made of. At most
   * 1,000 are kept, of 16 MB each without their files; the oldest makes room.
   */
  'conversations.put': define(putting).returns<SavedConversation>(),
  'conversations.remove': define(id).returns<null>(),
};

/** Conversations of the playground, kept by the gateway so that they outlive window and browser. */
import * as z from 'zod/mini';
import { define, nothing } from '../define.ts';
import { chatParameters } from './playground.ts';

const figures = z.strictObject({
  requestId: z.nullable(z.string()),
  outcome: z.enum(['ok', 'error', 'cut', 'stopped']),
  provider: z.nullable(z.string()),
  model: z.nullable(z.string()),
  keyFingerprint: z.nullable(z.string()),
  attempts: z.int(),
  firstContentAt: z.nullable(z.number()),
  doneAt: z.number(),
  inputTokens: z.nullable(z.int()),
  cachedTokens: z.nullable(z.int()),
  outputTokens: z.nullable(z.int()),
  reasoningTokens: z.nullable(z.int()),
  finishReason: z.nullable(z.string()),
  error: z.nullable(z.strictObject({ code: z.string(), message: z.string() })),
});

const turn = z.strictObject({
  id: z.string().check(z.minLength(1), z.maxLength(64)),
  role: z.enum(['user', 'assistant']),
  text: z.string().check(z.maxLength(4_000_000)),
  /** What the model thought aloud; only answers have it. */
  reasoning: z._default(z.string().check(z.maxLength(4_000_000)), ''),
  /** Words with which the model declined, where it says so apart from its text. */
  refusal: z._default(z.string().check(z.maxLength(4_000_000)), ''),
  /** Unix ms. */
  at: z.number(),
  /** How the answer came to be; null on the user's turns and while an answer runs. */
  figures: z.nullable(figures),
});

/** One conversation; also the form it is stored in. */
export const conversationSchema = z.strictObject({
  id: z.string().check(z.regex(/^[a-z0-9-]{8,64}$/, 'a conversation id has 8 to 64 of a-z, 0-9 and -')),
  title: z.string().check(z.maxLength(200)),
  model: z.string().check(z.maxLength(200)),
  system: z.string().check(z.maxLength(1_000_000)),
  parameters: chatParameters,
  turns: z.array(turn).check(z.maxLength(2_000)),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type Conversation = z.output<typeof conversationSchema>;
export type ConversationTurn = Conversation['turns'][number];
export type TurnFigures = NonNullable<ConversationTurn['figures']>;

/** What a list shows of a conversation. */
export interface ConversationSummary {
  readonly id: string;
  readonly title: string;
  readonly model: string;
  readonly turns: number;
  readonly updatedAt: number;
}

export interface ConversationList {
  /** Newest first. */
  readonly conversations: readonly ConversationSummary[];
  /** Files that could not be read since the gateway started: set aside, not deleted. Paths a person can open. */
  readonly setAside: readonly string[];
}

const id = z.strictObject({ id: conversationSchema.shape.id });

export const conversationProcedures = {
  'conversations.list': define(nothing).returns<ConversationList>(),
  'conversations.get': define(id).returns<Conversation>(),
  /** Makes or replaces one. At most 1,000 are kept, of 8 MB each; the oldest makes room. */
  'conversations.put': define(conversationSchema).returns<ConversationSummary>(),
  'conversations.remove': define(id).returns<null>(),
};

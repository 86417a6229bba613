/** Trying a prompt: a real request through the gateway, logged like any other. */
import * as z from 'zod/mini';
import type { TokenCounts } from '../../log/row.ts';
import { define } from '../define.ts';
import type { ChatMessage } from '../chat-body.ts';
import { MOST_FILES, MOST_TOOLS } from '../chat-limits.ts';
import type { Told } from '../connect-sayings.ts';
import { REQUEST_FORMATS } from '../request-formats.ts';
import type { ExplainedError } from './routing.ts';
import {
  answerFormat,
  chatFile,
  chatTool,
  toolCall,
  toolChoice,
  type AnswerFormat,
  type ChatTool,
} from './chat-content.ts';

const message = z.strictObject({
  role: z.enum(['system', 'user', 'assistant', 'tool']),
  text: z.string().check(z.maxLength(4_000_000)),
  /** Of a user's message. */
  files: z.optional(z.array(chatFile).check(z.maxLength(MOST_FILES))),
  /** Of an answer. */
  calls: z.optional(z.array(toolCall).check(z.maxLength(128))),
  /** Of a tool's result: the call it answers. */
  callId: z.optional(z.string().check(z.maxLength(200))),
});

/** Parameters a request may carry; what is absent is not sent. */
export const chatParameters = z.strictObject({
  temperature: z.optional(z.number().check(z.minimum(0), z.maximum(2))),
  topP: z.optional(z.number().check(z.minimum(0), z.maximum(1))),
  maxTokens: z.optional(z.int().check(z.minimum(1), z.maximum(10_000_000))),
  frequencyPenalty: z.optional(z.number().check(z.minimum(-2), z.maximum(2))),
  presencePenalty: z.optional(z.number().check(z.minimum(-2), z.maximum(2))),
  seed: z.optional(z.int()),
  stop: z.optional(z.array(z.string().check(z.minLength(1), z.maxLength(200))).check(z.maxLength(4))),
  reasoningEffort: z.optional(z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh'])),
});
export type ChatParameters = z.output<typeof chatParameters>;

/** What the caller of `playground.chat` hears, in order. */
export type ChatPart =
  /** The request is on its way; its row in the log has this id. */
  | { readonly kind: 'sent'; readonly requestId: string }
  /** Headers came: who serves it. */
  | {
      readonly kind: 'served';
      readonly provider: string;
      readonly model: string;
      readonly attempts: number;
    }
  | { readonly kind: 'text-delta'; readonly text: string }
  | { readonly kind: 'reasoning-delta'; readonly text: string }
  | { readonly kind: 'refusal-delta'; readonly text: string }
  /** More of the call in this place; id and name are empty where they were told before. */
  | {
      readonly kind: 'call-delta';
      readonly index: number;
      readonly id: string;
      readonly name: string;
      readonly text: string;
    };

/** How it ended. A failure of the request is an end with `error`, not a failed call. */
export interface ChatEnd {
  readonly requestId: string | null;
  readonly outcome: 'ok' | 'error' | 'cut' | 'stopped';
  /** HTTP status of the gateway's answer; null when stopped before. */
  readonly status: number | null;
  readonly provider: string | null;
  readonly model: string | null;
  readonly keyFingerprint: string | null;
  readonly attempts: number;
  /** ms since the request was sent. */
  readonly firstContentAt: number | null;
  readonly doneAt: number;
  readonly tokens: TokenCounts | null;
  /** Pico-dollars; null where unknown. */
  readonly cost: number | null;
  /** What the gateway changed or could not keep of the request. */
  readonly warnings: readonly Told[];
  readonly finishReason: string | null;
  readonly error: ChatError | null;
}

/** Why a request of this app's own was not answered. */
export interface ChatError {
  readonly code: string;
  /** In English, or an upstream's own words. */
  readonly message: string;
  /** The same as data; absent where the message is a quotation. */
  readonly told?: Told | undefined;
}

/** What a chat would become now. */
export interface ChatPreview {
  /** Where it would go first; null where nothing can serve it. */
  readonly provider: string | null;
  readonly model: string | null;
  /** Format of the body. */
  readonly dialect: string | null;
  /** The JSON that the provider would get, with `…` for the contents of files; empty where there is none. */
  readonly body: string;
  /** What of it cannot be kept. */
  readonly warnings: readonly Told[];
  /** Parameters that do not reach this model, set or not. */
  readonly ignored: readonly (keyof ChatParameters)[];
  /** Why it would be refused. */
  readonly error: ExplainedError | null;
}

/** A request of some client as the beginning of a chat. */
export interface ReadChat {
  readonly model: string;
  readonly system: string;
  /** Files are kept already. */
  readonly messages: readonly ChatMessage[];
  readonly parameters: ChatParameters;
  readonly tools: readonly ChatTool[];
  readonly toolChoice: string;
  readonly format: AnswerFormat;
  /** What has no place in a chat here, each once. */
  readonly leftOut: readonly Told[];
}

const chatInput = z.strictObject({
  model: z.string().check(z.minLength(1), z.maxLength(200)),
  messages: z.array(message).check(z.minLength(1), z.maxLength(4_000)),
  parameters: z.prefault(chatParameters, {}),
  tools: z.optional(z.array(chatTool).check(z.maxLength(MOST_TOOLS))),
  toolChoice: z.optional(toolChoice),
  format: z.optional(answerFormat),
});

export const playgroundProcedures = {
  /** Aborting the call stops the upstream. */
  'playground.chat': define(chatInput).tells<ChatPart>().returns<ChatEnd>(),
  /** Sends nothing. */
  'playground.preview': define(chatInput).returns<ChatPreview>(),
  /** Reads a request as a chat, whatever format it is in. */
  'playground.read': define(
    z.strictObject({
      format: z.enum(REQUEST_FORMATS),
      body: z.string().check(z.maxLength(60_000_000)),
    }),
  ).returns<ReadChat>(),
};

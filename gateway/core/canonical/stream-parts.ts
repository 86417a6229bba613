/** An answer as it comes, in no dialect's words. A complete answer is the same parts, joined. */
import type { TokenCounts } from '../../../contract/log/row.ts';
import type { UpstreamError } from '../upstream-error.ts';
import type { UsageDetails } from '../usage.ts';
import type { MediaSource } from './parts.ts';
import type { Signature } from './signature.ts';

/**
 * - `stop`: the model had said all; `stop-sequence`: it met one of the client's own
 * - `length`: the limit of the answer; `context-full`: the limit of the conversation
 * - `filtered`: withheld by the provider; `refused`: declined by the model
 * - `paused`: a provider's own tool is unfinished; the turn is to be sent back as it is
 * - `broken-call`: the model wrote a tool call nobody can read
 */
export type FinishReason =
  | 'stop'
  | 'stop-sequence'
  | 'length'
  | 'context-full'
  | 'tool-calls'
  | 'filtered'
  | 'refused'
  | 'paused'
  | 'broken-call';

/** The answer was broken off: what was not whole by then never will be. */
export function isCutShort(reason: FinishReason): boolean {
  return reason === 'length' || reason === 'context-full' || reason === 'filtered' || reason === 'refused';
}

/**
 * In order: one `response-start`, then content, then `usage` and `finish` (either may come first, usage may come
 * several times, the last counts), then nothing. `candidate` is the answer's number where several were asked for.
 *
 * Text and refusals have no start and end. Reasoning is one open block at a time. Tool calls are told apart by
 * `index`, which rises by one with each call; several may be open at once. A call that was cut short has no end: its
 * arguments are half ones, or none though there would have been some.
 */
export type StreamPart =
  | { readonly kind: 'response-start'; readonly id: string; readonly model: string }
  | { readonly kind: 'text-delta'; readonly text: string; readonly candidate?: number }
  /** Closes the text so far and binds a signature to it (Gemini). */
  | { readonly kind: 'text-signature'; readonly signature: Signature }
  | { readonly kind: 'refusal-delta'; readonly text: string }
  | { readonly kind: 'reasoning-start' }
  | { readonly kind: 'reasoning-delta'; readonly text: string }
  | { readonly kind: 'reasoning-end'; readonly signature: Signature | null }
  | {
      readonly kind: 'tool-call-start';
      readonly index: number;
      readonly id: string;
      readonly name: string;
      readonly custom: boolean;
      readonly signature?: Signature | undefined;
      readonly candidate?: number;
    }
  /** A piece of the arguments' JSON text, or of a custom tool's input. */
  | { readonly kind: 'tool-call-delta'; readonly index: number; readonly text: string }
  | { readonly kind: 'tool-call-end'; readonly index: number }
  /** An image or a sound the model made, whole. */
  | { readonly kind: 'media'; readonly media: 'image' | 'audio'; readonly source: MediaSource }
  /** A source the answer names. `start` and `end` are UTF-16 offsets in the text so far; -1 where unknown. */
  | {
      readonly kind: 'citation';
      readonly url: string;
      readonly title: string;
      readonly start: number;
      readonly end: number;
    }
  | {
      readonly kind: 'usage';
      readonly usage: TokenCounts;
      /** US dollars, where the provider itself says what it cost. */
      readonly cost?: number;
      readonly details?: UsageDetails;
    }
  | {
      readonly kind: 'finish';
      readonly reason: FinishReason;
      /** The sequence that was met, where the dialect tells. */
      readonly stopSequence?: string;
      readonly candidate?: number;
    }
  | { readonly kind: 'error'; readonly error: UpstreamError };

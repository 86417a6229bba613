/** A chat request in no dialect's words. */
import type { Told } from '../../../contract/rpc/connect-sayings.ts';
import type { JsonObject } from '../json.ts';
import type { CacheMark, TextPart, Turn } from './parts.ts';

export type Tool =
  | {
      readonly kind: 'function';
      readonly name: string;
      readonly description: string;
      /** JSON Schema of the arguments; an object. Null where the client gave none. */
      readonly schema: JsonObject | null;
      readonly strict: boolean | null;
      /** Name of the group it stands in (Responses' namespaces); `name` is then the flattened, unique one. */
      readonly namespace?: { readonly name: string; readonly tool: string };
      /** The client asks that everything up to here is cached. */
      readonly cache?: CacheMark;
      /** Declared among OpenAI's old `functions`, whose clients read calls in the old words only. */
      readonly old?: boolean;
    }
  | {
      /** Takes free text, perhaps bound by a grammar. */
      readonly kind: 'custom';
      readonly name: string;
      readonly description: string;
      /** `{type: 'text'}` or `{type: 'grammar', syntax, definition}`; null for text. */
      readonly format: JsonObject | null;
      readonly namespace?: { readonly name: string; readonly tool: string };
    }
  /** One that the client's own provider would run (web search and the like); no other dialect has it. */
  | { readonly kind: 'hosted'; readonly name: string };

export type ToolChoice =
  | { readonly kind: 'auto' }
  | { readonly kind: 'required' }
  | { readonly kind: 'none' }
  | { readonly kind: 'tool'; readonly name: string }
  /** Only these; `required` when one of them must be called. */
  | { readonly kind: 'subset'; readonly names: readonly string[]; readonly required: boolean };

export type Effort = 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max';

export interface ReasoningWish {
  /** Null: the client did not say. */
  readonly effort: Effort | null;
  /** Tokens the model may think for; null where the client named an effort or nothing. */
  readonly budget: number | null;
  /** The client wants to see (a summary of) the thoughts; null: did not say. */
  readonly visible: boolean | null;
  /** The client wants the model to think, be it without a word on how much; a wish without any of these asks for nothing. */
  readonly thinks?: true;
}

export type OutputFormat =
  | { readonly kind: 'text' }
  /** Some JSON object. */
  | { readonly kind: 'json' }
  | {
      readonly kind: 'schema';
      readonly name: string;
      readonly description: string;
      readonly schema: JsonObject;
      readonly strict: boolean | null;
    };

/** What may be absent is null: the client did not say, and nothing is sent for it. */
export interface Settings {
  readonly maxTokens: number | null;
  readonly temperature: number | null;
  readonly topP: number | null;
  readonly topK: number | null;
  readonly stop: readonly string[];
  readonly seed: number | null;
  readonly presencePenalty: number | null;
  readonly frequencyPenalty: number | null;
  /** Answers wanted; null or 1: one. */
  readonly candidates: number | null;
  readonly reasoning: ReasoningWish | null;
  readonly format: OutputFormat;
  readonly toolChoice: ToolChoice | null;
  readonly parallelTools: boolean | null;
  readonly verbosity: string | null;
  readonly user: string | null;
  readonly cacheKey: string | null;
  readonly serviceTier: string | null;
}

/** Nothing said. */
export const NO_SETTINGS: Settings = {
  maxTokens: null,
  temperature: null,
  topP: null,
  topK: null,
  stop: [],
  seed: null,
  presencePenalty: null,
  frequencyPenalty: null,
  candidates: null,
  reasoning: null,
  format: { kind: 'text' },
  toolChoice: null,
  parallelTools: null,
  verbosity: null,
  user: null,
  cacheKey: null,
  serviceTier: null,
};

export interface CanonicalRequest {
  /** As the client named it. */
  readonly model: string;
  readonly streamed: boolean;
  /** Instructions before the first turn, in order. */
  readonly system: readonly TextPart[];
  readonly turns: readonly Turn[];
  readonly tools: readonly Tool[];
  readonly settings: Settings;
}

/**
 * Hears, as data and once each, what could not be carried over: `remark('anthropic-seed')`. Ends up in the log row.
 */
export type Warn = (remark: Told) => void;

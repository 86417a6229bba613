/** What a provider is: data, not code. Definitions live in `gateway/providers/<id>/`. */
import type { DialectId } from '../../contract/config/provider.ts';
import type { Warn } from './canonical/request.ts';
import type { NameRule } from './dialect.ts';
import type { JsonObject } from './json.ts';

/**
 * Header that carries the key: `authorization: Bearer`, `x-api-key` (Anthropic), `x-goog-api-key` (Gemini), `api-key`
 * (Azure).
 */
export type AuthStyle = 'bearer' | 'x-api-key' | 'x-goog-api-key' | 'api-key';

/** Whether a provider wants a key at all: `optional` ones are tried without where none is configured. */
export type KeyNeed = 'required' | 'optional' | 'none';

/** How a provider understands OpenAI's chat dialect where servers differ. */
export interface ChatTraits {
  readonly maxTokens: 'max_tokens' | 'max_completion_tokens';
  /** Name of the member in which earlier reasoning is sent back; `none`: it is left out. */
  readonly reasoningBack: 'none' | 'reasoning_content' | 'reasoning_details';
  /**
   * How a wish for reasoning is written: OpenAI's `reasoning_effort`, OpenRouter's `reasoning: {effort}`, a
   * `thinking: {type: enabled | disabled}` (DeepSeek, Zhipu, Moonshot), Qwen's `enable_thinking`; `none`: not at all.
   */
  readonly reasoningWish: 'reasoning_effort' | 'reasoning' | 'thinking' | 'enable_thinking' | 'none';
  /** Fetches images by their address; else they are sent inline. */
  readonly imageUrls: boolean;
  readonly systemRole: 'system' | 'developer';
  /** What `response_format` may be. */
  readonly structured: 'json_schema' | 'json_object' | 'none';
  readonly parallelToolCalls: boolean;
  /** Where ids of tool calls are narrower than OpenAI's. */
  readonly toolIds?: NameRule;
}

/** A deviation of one provider, each in a file of its own under `quirks/` that says why. */
export interface Quirk {
  /** For people, in `docs/protocols.md` and logs. */
  readonly reason: string;
  readonly dialect: DialectId;
  /**
   * Changes a body that the gateway wrote for this provider. The very same value when there is nothing to do; what
   * is taken away is told.
   */
  readonly request: (body: JsonObject, model: string, warn: Warn) => JsonObject;
  /**
   * Bodies of the client's own bytes are parsed and changed only where they hold one of these texts; absent: never.
   */
  readonly relayedWith?: readonly string[];
}

/** One of the dialects a provider speaks. */
export interface ProviderEndpoint {
  readonly dialect: DialectId;
  /** Address as the dialect's official SDK takes it. */
  readonly baseUrl: string;
  /** Chat requests go to this very address, and nothing else is known to lie at it. */
  readonly exact?: boolean;
  readonly auth: AuthStyle;
  /** It has the dialect's call for counting tokens. */
  readonly countsTokens: boolean;
}

/** What a provider says of a key that it takes. */
export interface KeyAccount {
  /** No credit or quota is left for it. */
  readonly exhausted: boolean;
  /** The figures behind it, in the provider's terms; null where there are none. */
  readonly message: string | null;
  /** How much of it is left, where that is a number; `limit` is null where there is none. */
  readonly left?: { readonly name: string; readonly limit: number | null; readonly remaining: number };
}

/** A GET below the base address that tells about the key. */
export interface AccountCall {
  readonly path: string;
  /** Reads its answer; undefined for what is not such an answer. */
  readonly read: (answer: unknown) => KeyAccount | undefined;
}

/**
 * The call that proves a key without cost.
 * - `guarded-list`: the model list, which only a good key may read
 * - `open-list`: the model list, which may be open to anybody; that shows when it is asked without a key
 */
export type KeyProof = 'guarded-list' | 'open-list' | AccountCall;

export interface ProviderDefinition {
  readonly id: string;
  readonly name: string;
  /**
   * The dialects it speaks; clients of one of them are relayed, all others are translated to the first. One with an
   * empty address where the user must give it.
   */
  readonly endpoints: readonly [ProviderEndpoint, ...ProviderEndpoint[]];
  /** Where the user must give the address: how one looks. */
  readonly addressExample?: string;
  readonly keyNeed: KeyNeed;
  /** Runs on the user's own machine or network: longer first-content time-out, private addresses allowed. */
  readonly local: boolean;
  readonly signUpUrl: string | null;
  /** Address of the model list where it is not the dialect's own below the first endpoint; null: there is none. */
  readonly modelsUrl?: string | null;
  readonly keyProof: KeyProof;
  /** Understands `stream_options: {include_usage: true}` on chat streams. */
  readonly usageOnRequest: boolean;
  readonly chat: ChatTraits;
  /** In the order they are applied. */
  readonly quirks: readonly Quirk[];
  /** Endpoints of OpenAI's API besides chat that it has, as paths below the address of its chat endpoint. */
  readonly alsoServes: readonly ServedPath[];
  /** Variables whose value is a key, in order of preference; the first is the one to name in messages. */
  readonly keyVariables: readonly string[];
  /** Variables that hold several keys, as `gateway/config/key-list.ts` reads them. */
  readonly keyListVariables?: readonly string[];
  /** Headers sent with every request to this provider. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Kinds of calls besides chat; `images` and `audio` stand for all paths below them. */
export type ServedPath = 'completions' | 'embeddings' | 'images' | 'audio';

/** OpenAI's own understanding of its chat dialect, which most servers follow. */
export const OPENAI_CHAT: ChatTraits = {
  maxTokens: 'max_completion_tokens',
  reasoningBack: 'none',
  reasoningWish: 'reasoning_effort',
  imageUrls: true,
  systemRole: 'developer',
  structured: 'json_schema',
  parallelToolCalls: true,
};

/** How long OpenAI itself lets ids of calls be; other servers give longer ones, and take them. */
export const OPENAI_TOOL_IDS: NameRule = { pattern: /^.{1,40}$/su, longest: 40 };

/** The older words that nearly every compatible server understands. */
export const COMPATIBLE_CHAT: ChatTraits = {
  ...OPENAI_CHAT,
  maxTokens: 'max_tokens',
  systemRole: 'system',
  reasoningBack: 'reasoning_content',
};

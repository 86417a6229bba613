/**
 * What a conversation is made of, in no dialect's words. Every dialect reads its own form into these parts and
 * writes them again; nothing here knows a wire format.
 */
import type { Signature } from './signature.ts';

/** Where the bytes of an image, a file or a sound are. */
export type MediaSource =
  | { readonly kind: 'data'; readonly mediaType: string; readonly base64: string }
  /** `mediaType` is empty where the client did not say. */
  | { readonly kind: 'url'; readonly url: string; readonly mediaType: string }
  /** Something uploaded to one provider; means nothing to another. */
  | { readonly kind: 'uploaded'; readonly id: string; readonly mediaType: string };

export interface TextPart {
  readonly kind: 'text';
  readonly text: string;
  /** The client asks that everything up to here is cached; the value is the time to live it wants, if any. */
  readonly cache?: CacheMark;
  /** What Gemini binds to a text, to be sent back with it. */
  readonly signature?: Signature | undefined;
}

export interface CacheMark {
  /** `5m`, `1h`, ...; null for the provider's default. */
  readonly ttl: string | null;
}

export interface ImagePart {
  readonly kind: 'image';
  readonly source: MediaSource;
  readonly detail?: string;
  readonly cache?: CacheMark;
}

/** A document: PDF, plain text, anything a model may be given as a file. */
export interface FilePart {
  readonly kind: 'file';
  readonly source: MediaSource;
  readonly name?: string;
  readonly cache?: CacheMark;
}

export interface AudioPart {
  readonly kind: 'audio';
  readonly source: MediaSource;
}

/** What a model thought. The text may be empty where the provider shows none; then only the signature counts. */
export interface ReasoningPart {
  readonly kind: 'reasoning';
  readonly text: string;
  /** Null where the dialect gave none, or what it gave could not be kept. */
  readonly signature: Signature | null;
}

export interface ToolCallPart {
  readonly kind: 'tool-call';
  /** Never empty: dialects that have no ids make them when they read. */
  readonly id: string;
  readonly name: string;
  /** JSON text of the arguments, an object; of a custom tool: its free text. */
  readonly input: string;
  readonly custom: boolean;
  /** What Gemini binds to the call. */
  readonly signature?: Signature | undefined;
  readonly cache?: CacheMark;
}

export interface ToolResultPart {
  readonly kind: 'tool-result';
  /** Id of the call this answers. */
  readonly id: string;
  /** Name of the called tool; empty where the conversation does not tell. */
  readonly name: string;
  readonly content: readonly (TextPart | ImagePart | FilePart)[];
  readonly failed: boolean;
  readonly custom: boolean;
  readonly cache?: CacheMark;
}

/** The model declined, in words of its own. */
export interface RefusalPart {
  readonly kind: 'refusal';
  readonly text: string;
}

export type UserPart = TextPart | ImagePart | FilePart | AudioPart | ToolResultPart;
export type AssistantPart = TextPart | ImagePart | AudioPart | ReasoningPart | ToolCallPart | RefusalPart;

/**
 * One speaker's turn. Neighbouring messages of the same speaker are one turn; results of tools belong to the
 * user's turn, before anything else in it, in the order of their calls.
 */
export type Turn =
  | { readonly role: 'user'; readonly parts: readonly UserPart[] }
  | { readonly role: 'assistant'; readonly parts: readonly AssistantPart[] }
  /** Instructions in the middle of a conversation. Those at its beginning are `CanonicalRequest.system`. */
  | { readonly role: 'system'; readonly parts: readonly TextPart[] };

/**
 * What a wire format offers. Two sides in one value: the one clients see (`ClientShape`: reading what they send,
 * writing what they must get) and the one upstreams see. Whatever passes between two dialects is canonical.
 */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { DialectId } from '../../contract/config/provider.ts';
import type { CanonicalRequest, Warn } from './canonical/request.ts';
import type { SignatureFormat } from './canonical/signature.ts';
import type { StreamPart } from './canonical/stream-parts.ts';
import type { ClientShape, Framing } from './client-shape.ts';
import type { GatewayError } from './errors.ts';
import type { JsonObject } from './json.ts';
import type { ModelFacts } from './model-facts.ts';
import type { ChatTraits } from './provider.ts';
import type { ScannedBody } from './scan-body.ts';
import type { ServerSentEvent } from './sse.ts';
import type { UpstreamError } from './upstream-error.ts';
import type { ResponseFacts } from './usage.ts';

/** A body ready to be sent: parts of the client's own bytes with the changes between them. */
export interface PreparedBody {
  readonly chunks: readonly Uint8Array[];
  /** Bytes of all chunks together. */
  readonly length: number;
}

/** Verdict on a complete, non-streamed answer with a 2xx status. */
export type AnswerVerdict =
  | {
      readonly kind: 'answer';
      readonly facts: ResponseFacts;
      /** What the client gets instead of the upstream's bytes: the translated answer and its content type. */
      readonly translated?: { readonly body: Uint8Array; readonly contentType: string };
    }
  /** An error that came with a good status. */
  | { readonly kind: 'error'; readonly error: UpstreamError; readonly facts?: ResponseFacts }
  /**
   * Not what the dialect allows: HTML, half a document, an empty body. The text says what it was. Tokens may have been
   * counted for it, as for an error.
   */
  | { readonly kind: 'invalid'; readonly why: Told; readonly facts?: ResponseFacts };

/** What the observer found in a run of whole events. */
export interface ObservedEvents {
  /**
   * The events to relay, the withheld usage event left out. The very same buffer when nothing was
   * withheld. Where `error` is set, only the events before it.
   */
  readonly relay: Uint8Array;
  /** True once text, reasoning, refusal, a tool call, media or a finish has been seen (now or earlier). */
  readonly content: boolean;
  /** At least one event other than a comment was in this run: the upstream is alive. */
  readonly alive: boolean;
  /** The first error event of this run; `errorBytes` holds it and what follows it, as the upstream wrote it. */
  readonly error: UpstreamError | null;
  readonly errorBytes: Uint8Array | null;
  /** The terminator has been seen (now or earlier): the stream is whole. */
  readonly complete: boolean;
}

/** Watches one stream: of the client's own dialect without changing it, of another while translating it. */
export interface StreamObserver {
  /**
   * Takes whole events, as the framer cuts them. At the stream's end the rest may be given too: of an event
   * that never ended only the terminator is relayed, and an error with its blank line added; anything else
   * would run into whatever is written next.
   */
  observe(events: Uint8Array): ObservedEvents;
  /**
   * The body has ended as HTTP says it must, after the last `observe`. Where a dialect has no terminator of its
   * own (Gemini), this is when a stream whose finish was seen becomes complete; else nothing happens.
   */
  ended(): ObservedEvents;
  /** What is known so far. */
  facts(): ResponseFacts;
  /**
   * The in-band error event where it depends on what was written before (translations); absent where the
   * dialect's own stateless one will do.
   */
  renderError?(error: GatewayError): Uint8Array;
}

/** A model as an upstream lists it. */
export interface ListedModel {
  readonly id: string;
  /** Unix seconds; 0 when unknown. */
  readonly created: number;
  readonly ownedBy: string;
  /** What the list says beyond the name; absent where it says nothing. */
  readonly facts?: Partial<ModelFacts>;
}

/** A model as the gateway lists it. */
export interface OfferedModel extends ListedModel {
  readonly provider: string;
}

/** An answer the gateway writes itself. */
export interface RenderedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a request is written for. */
export interface Target {
  /** Id of the provider's definition: `openai`, `deepseek`, `custom`. */
  readonly provider: string;
  /** What its user calls the provider: its id in the configuration. */
  readonly name: string;
  /** Model name as it is sent. */
  readonly model: string;
  /** What is known of the model; absent: nothing. */
  readonly facts: Partial<ModelFacts>;
  /** How this provider speaks OpenAI's chat dialect; means nothing to the others. */
  readonly chat: ChatTraits;
}

/** What names and ids of tools may look like in a dialect; the translation maps others, there and back. */
export interface NameRule {
  readonly pattern: RegExp;
  /** Characters. */
  readonly longest: number;
}

/** Reads one answer of an upstream. */
export interface StreamDecoder {
  /**
   * One event. Nothing for pings, padding and what has no meaning elsewhere. An error event becomes an `error`
   * part; what follows it is not asked for any more.
   */
  decode(event: ServerSentEvent): readonly StreamPart[];
  /** The body has ended properly: what is still owed. */
  end(): readonly StreamPart[];
  /** The dialect's own end was seen. */
  readonly complete: boolean;
}

/** Finds and marks calls that another provider made, in a request whose bytes would be relayed. */
export interface UnsignedCalls {
  /** Whether a body may hold one that the model refuses. Never parses it. */
  among(bytes: Uint8Array, model: string): boolean;
  /**
   * A parsed request with something in place of the missing signatures: of the turn under way, or of all. The very same
   * value when none is missing.
   */
  signed(request: JsonObject, which: 'current' | 'all'): JsonObject;
}

/** Ids of calls that another provider gave, in a request whose bytes would be relayed. */
export interface CallIds {
  /** Whether a target refuses ids that break the rule for it. */
  minded(target: Pick<Target, 'provider' | 'model' | 'chat'>): boolean;
  /** The member by which each result names its call. */
  readonly ofResult: string;
  /** A parsed request with other ids, in calls and results alike. */
  renamed(request: JsonObject, idFor: (id: string) => string): JsonObject;
}

/** Counting tokens by asking the upstream. */
export interface TokenCounting {
  url(baseUrl: string, model: string): string;
  /** From the body of a chat request to that of a counting one. */
  body(chat: JsonObject, model: string): JsonObject;
  /** @returns undefined when the answer holds no count */
  read(answer: JsonObject): number | undefined;
}

export interface Dialect extends ClientShape {
  readonly id: DialectId;

  // Relaying bytes of the same dialect
  /** The client's bytes with the model's name (and the wish for token counts) spliced in. */
  prepareRequest(
    body: ScannedBody,
    change: { readonly model: string; readonly addUsageOption: boolean },
  ): PreparedBody;
  /**
   * `withholdUsage`: the gateway asked for usage in the client's stead, so that one event is left out. `framing`: how
   * the client wants the upstream's events cut, `sse` where absent.
   */
  observeStream(options: { readonly withholdUsage: boolean; readonly framing?: Framing }): StreamObserver;
  judgeAnswer(body: Uint8Array, contentType: string): AnswerVerdict;
  /**
   * A parsed request without reasoning that its target would refuse: `foreign` removes what other providers
   * signed (wrapped signatures), `all` everything with a signature. The very same value when nothing was removed.
   */
  withoutReasoning(
    request: JsonObject,
    which: 'foreign' | 'all',
    target: Pick<Target, 'provider' | 'model'>,
  ): JsonObject;
  /** Calls without the signature that some models want; absent where calls have none. */
  readonly unsignedCalls?: UnsignedCalls;
  /** Where requests hold ids of calls; absent where no target is known to refuse those of another. */
  readonly callIds?: CallIds;

  // Speaking to upstreams
  /** Full address of chat requests. `baseUrl` is as the official SDK takes it, without a slash at its end. */
  chatUrl(baseUrl: string, model: string, streamed: boolean): string;
  /** Full address of the model list. */
  modelsUrl(baseUrl: string): string;
  /** Headers every request of this dialect needs besides the credential: `anthropic-version`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly toolNames: NameRule;
  readonly toolIds: NameRule;
  /** Knows tools that take free text. Elsewhere the translation makes functions of them, and calls of those again. */
  readonly customTools: boolean;
  /** Signatures this dialect's upstreams want back. */
  readonly signatures: readonly SignatureFormat[];
  /** Facts of an answer say whether it holds any of them; absent: any answer may. */
  readonly tellsSigned?: true;
  /**
   * The whole body. Signatures that the target cannot use, unfit names and ids, and custom tools it does not know
   * are gone from `request` already; media is inline where the target needs that.
   */
  encodeRequest(request: CanonicalRequest, target: Target, warn: Warn): JsonObject;
  /**
   * A complete answer that `judgeAnswer` found good, as the parts a stream would have brought, `finish` included.
   */
  decodeAnswer(body: JsonObject): readonly StreamPart[];
  decodeStream(): StreamDecoder;
  readonly counting: TokenCounting | null;
  /** Reads an error body of any shape; never throws. */
  readError(status: number, body: Uint8Array): UpstreamError;
  /** Reads a model list; undefined when it is not one. */
  readModels(body: Uint8Array): readonly ListedModel[] | undefined;
}

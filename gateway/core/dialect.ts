/**
 * What a wire format offers the pipeline. Both directions in one value: reading what clients send and
 * upstreams answer, and writing what clients must get from the gateway itself.
 */
import type { DialectId } from '../../contract/config/provider.ts';
import type { GatewayError } from './errors.ts';
import type { ModelFacts } from './model-facts.ts';
import type { ScannedBody } from './scan-body.ts';
import type { ResponseFacts } from './usage.ts';

/** What routing and the log need to know of a request. */
export interface RequestFacts {
  /** Model as the client asked for it; empty when it named none. */
  readonly model: string;
  readonly streamed: boolean;
  /** The client itself asked for token counts on the stream. */
  readonly usageAsked: boolean;
  /** The client said something about stream options, so the gateway must not. */
  readonly streamOptionsGiven: boolean;
}

/** A body ready to be sent: parts of the client's own bytes with the changes between them. */
export interface PreparedBody {
  readonly chunks: readonly Uint8Array[];
  /** Bytes of all chunks together. */
  readonly length: number;
}

/** An error as an upstream told it, whatever its shape was. Texts are bounded, not yet redacted. */
export interface UpstreamError {
  readonly status: number;
  /** Code or machine-readable reason in the body, empty when there was none. */
  readonly code: string;
  readonly type: string;
  readonly message: string;
  /** Further machine-readable details: reasons, quota ids, provider names. Lower-cased keys. */
  readonly details: Readonly<Record<string, string>>;
}

/** Verdict on a complete, non-streamed answer with a 2xx status. */
export type AnswerVerdict =
  | { readonly kind: 'answer'; readonly facts: ResponseFacts }
  /** An error that came with a good status. */
  | { readonly kind: 'error'; readonly error: UpstreamError }
  /** Not what the dialect allows: HTML, half a document, an empty body. The text says what it was. */
  | { readonly kind: 'invalid'; readonly reason: string };

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

/** Watches one same-dialect stream without changing it. */
export interface StreamObserver {
  /**
   * Takes whole events, as the framer cuts them. At the stream's end the rest may be given too: of an event
   * that never ended only the terminator is relayed, and an error with its blank line added; anything else
   * would run into whatever is written next.
   */
  observe(events: Uint8Array): ObservedEvents;
  /** What is known so far. */
  facts(): ResponseFacts;
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

export interface Dialect {
  readonly id: DialectId;
  /** Path of chat requests below a provider's base address. */
  readonly chatPath: string;
  /** @throws GatewayError `invalid_request` when a member has the wrong type */
  readRequest(body: ScannedBody): RequestFacts;
  /** The client's bytes with the model's name (and the wish for token counts) spliced in. */
  prepareRequest(
    body: ScannedBody,
    change: { readonly model: string; readonly addUsageOption: boolean },
  ): PreparedBody;
  judgeAnswer(body: Uint8Array, contentType: string): AnswerVerdict;
  /** `withholdUsage`: the gateway asked for usage in the client's stead, so that one event is left out. */
  observeStream(options: { readonly withholdUsage: boolean }): StreamObserver;
  /** Reads an error body of any shape; never throws. */
  readError(status: number, body: Uint8Array): UpstreamError;
  /** The dialect's own envelope. */
  renderError(error: GatewayError, requestId: string): RenderedAnswer;
  /** The dialect's in-band error event, ready to be written after whole events. */
  renderErrorEvent(error: GatewayError, requestId: string): Uint8Array;
  /** A comment that keeps the connection alive, written only between events. */
  readonly heartbeat: Uint8Array;
  /** Reads a model list; undefined when it is not one. */
  readModels(body: Uint8Array): readonly ListedModel[] | undefined;
  renderModels(models: readonly OfferedModel[]): string;
  renderModel(model: OfferedModel): string;
}

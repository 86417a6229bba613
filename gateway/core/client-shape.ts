/**
 * The side of a wire format that clients see. The four dialects have one, and so have formats that only come in:
 * Ollama's own and OpenAI's old completions.
 */
import type { DialectId } from '../../contract/config/provider.ts';
import type { CanonicalRequest, Warn } from './canonical/request.ts';
import type { StreamPart } from './canonical/stream-parts.ts';
import type { OfferedModel, RenderedAnswer } from './dialect.ts';
import type { GatewayError } from './errors.ts';
import type { JsonObject } from './json.ts';
import type { ScannedBody } from './scan-body.ts';
import type { UpstreamError } from './upstream-error.ts';

export type ClientShapeId = DialectId | 'openai-completions' | 'ollama-chat' | 'ollama-generate';

/** How a streamed answer is cut: events, one JSON array sent piece by piece, or a JSON value per line. */
export type Framing = 'sse' | 'json-array' | 'ndjson';

/** What the address of a request says before its body is read. */
export interface RequestPath {
  /** Null where the body names the model. */
  readonly model: string | null;
  /** Null where the body says whether the answer is streamed. */
  readonly streamed: boolean | null;
  readonly framing: Framing;
}

/** What routing and the log need to know of a request. */
export interface RequestFacts {
  /** Model as the client asked for it; empty when it named none. */
  readonly model: string;
  readonly streamed: boolean;
  /** The client itself asked for token counts on the stream. */
  readonly usageAsked: boolean;
}

/** What an answer is written for. */
export interface AnswerContext {
  /** The gateway's id of this request, `req_...`. */
  readonly requestId: string;
  /** As the client sent it: tools with the names it knows, settings to be echoed. */
  readonly request: CanonicalRequest;
  /** The client wants token counts on the stream (OpenAI's chat only; others always get them). */
  readonly usageAsked: boolean;
  readonly framing: Framing;
  /** Unix seconds at which the answer began. */
  readonly created: number;
  /** Since the request arrived, ms; absent where nobody measures. Ollama's answers tell it. */
  readonly elapsed?: () => number;
  /** A fresh id of 24 letters and digits behind a prefix: `newId('msg_')`. */
  readonly newId: (prefix: string) => string;
  /** Keeps an item of the answer, so that the client may refer to it later; absent where it wants none kept. */
  readonly keepItem?: (item: JsonObject & { readonly id: string }) => void;
}

/** Writes one streamed answer. Everything returned goes out at once; an empty text means: nothing yet. */
export interface StreamEncoder {
  /** Any part but `error`. Never writes the terminator. */
  encode(part: StreamPart): string;
  /** The upstream's own end was seen: closing events and the terminator. */
  end(): string;
  /** The dialect's in-band error; the terminator is never written after it. */
  fail(error: UpstreamError): string;
}

export interface ClientShape {
  readonly id: ClientShapeId;
  /** Header in which SDKs look for the id of a request, besides `x-request-id`; absent: only there. */
  readonly idHeader?: string;
  /** @throws GatewayError `invalid_request` when a member has the wrong type, naming it */
  readRequest(body: ScannedBody, path: RequestPath): RequestFacts;
  /**
   * The whole request.
   * @param body the parsed body
   * @param itemOf what an item of an earlier answer was, by its id; absent where none are kept
   * @throws GatewayError `invalid_request` for what no target could be asked, naming the field
   */
  decodeRequest(
    body: JsonObject,
    facts: RequestFacts,
    warn: Warn,
    itemOf?: (id: string) => JsonObject | undefined,
  ): CanonicalRequest;
  /** A complete answer from the parts of one; `error` is never among them. */
  encodeAnswer(parts: readonly StreamPart[], context: AnswerContext): string;
  encodeStream(context: AnswerContext): StreamEncoder;
  /** Content type of a streamed answer. */
  streamType(framing: Framing): string;
  /** A sign of life that no reader takes for content, written only between events. */
  heartbeat(framing: Framing): Uint8Array;
  /** The dialect's own envelope of an error of the gateway. */
  renderError(error: GatewayError, requestId: string): RenderedAnswer;
  /** The same for an upstream's error in another dialect: its status and words, in this envelope. */
  renderUpstreamError(error: UpstreamError, requestId: string): RenderedAnswer;
  /** The in-band error event, ready to be written after whole events. */
  renderErrorEvent(error: GatewayError, requestId: string, framing: Framing): Uint8Array;
  /** The answer to a request that counts tokens; null where the dialect has none. */
  readonly renderTokenCount: ((tokens: number) => string) | null;
  renderModels(models: readonly OfferedModel[]): string;
  renderModel(model: OfferedModel): string;
}

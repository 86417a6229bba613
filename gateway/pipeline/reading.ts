/**
 * How the answer to one attempt is read, and what the client gets of it: the upstream's own bytes where both speak
 * one dialect, else a translation.
 */
import type { ClientShape, Framing } from '../core/client-shape.ts';
import type { AnswerVerdict, Dialect, StreamObserver } from '../core/dialect.ts';
import type { GatewayError } from '../core/errors.ts';
import { decodeText, isArray, isObject, parseJson } from '../core/json.ts';
import type { UpstreamError } from '../core/upstream-error.ts';
import type { PreparedAnswer } from './attempt-end.ts';

export interface AnswerReading {
  judge(body: Uint8Array, contentType: string): AnswerVerdict;
  observe(): StreamObserver;
  readError(status: number, body: Uint8Array): UpstreamError;
  /** An upstream's error answer as the client may get it. */
  passOn(error: UpstreamError, answer: PreparedAnswer): PreparedAnswer;
  /** The in-band error event for a stream of `observe` that broke. */
  renderError(error: GatewayError, observer: StreamObserver): Uint8Array;
  /** Content type of the client's stream; null: the upstream's own. */
  readonly streamType: string | null;
  /** A whole answer cannot be passed on before all of it has come. */
  readonly needsWhole: boolean;
  /** An answer that `judge` found good as events of the client's format; null: none are known. May throw. */
  readonly asEvents: ((body: Uint8Array) => Uint8Array) | null;
  /** Of an answer that is passed on as it comes, without being judged; absent: none is. */
  readonly asItComes?: (contentType: string) => boolean;
  /** The answer held a signature that only its origin can read; absent where that is not looked for. */
  readonly signed?: () => boolean;
}

/**
 * What an API wrote goes on as it is. A page, a plain text or nothing at all comes from something in front of it, and
 * no client of the format can read it.
 */
export const passOnJson =
  (shape: ClientShape, requestId: string): AnswerReading['passOn'] =>
  (error, answer) => {
    const value = parseJson(decodeText(answer.body));
    if (isObject(value) || isArray(value)) return answer;
    return inShape(shape, requestId, { ...error, status: answer.status }, answer);
  };

/** An upstream's error in the envelope of the client's format, with the upstream's status. */
export function inShape(
  shape: ClientShape,
  requestId: string,
  error: UpstreamError,
  answer: PreparedAnswer,
): PreparedAnswer {
  const { status, headers, body } = shape.renderUpstreamError(error, requestId);
  return { status, headers: { ...answer.headers, ...headers }, body: Buffer.from(body) };
}

/** The client's dialect is the upstream's: bytes go on as they are. */
export function relayReading(
  dialect: Dialect,
  shape: ClientShape,
  options: {
    readonly requestId: string;
    readonly withholdUsage: boolean;
    readonly framing: Framing;
    readonly asEvents: AnswerReading['asEvents'];
  },
): AnswerReading {
  const { requestId, withholdUsage, framing, asEvents } = options;
  return {
    judge: (body, contentType) => dialect.judgeAnswer(body, contentType),
    observe: () => dialect.observeStream({ withholdUsage, framing }),
    readError: (status, body) => dialect.readError(status, body),
    passOn: passOnJson(shape, requestId),
    renderError: (error, observer) =>
      observer.renderError?.(error) ?? shape.renderErrorEvent(error, requestId, framing),
    streamType: framing === 'sse' ? null : shape.streamType(framing),
    needsWhole: false,
    asEvents,
  };
}

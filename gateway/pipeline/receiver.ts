/** What takes the body of an upstream's answer: one kind for streams, one for whole answers, one for errors. */
import type { PreparedAnswer } from './attempt-end.ts';
import type { Failure } from '../routing/outcome.ts';
import type { ResponseFacts } from '../core/usage.ts';

export interface Receiver {
  data(chunk: Uint8Array): void;
  /** The body ended as HTTP says it must. */
  end(): void;
  /** The body broke off, or one of the attempt's timers ran out. */
  broke(failure: Failure): void;
  /**
   * The client has left.
   * @returns whether the end is told by the receiver: it had everything, or only counts are awaited; absent: it is not
   */
  left?(): boolean;
  /** The attempt is over: no timer of the receiver may fire any more. */
  stop(): void;
}

/** How a receiver talks to the attempt it belongs to. */
export interface ReceiverHost {
  /** The first content went to the client: nothing can be tried elsewhere any more. */
  content(): void;
  /** The upstream showed a sign of life that counts. */
  alive(): void;
  /** Nothing was sent to the client: another attempt may follow. @param facts where the receiver alone knows them */
  failed(failure: Failure, answer: PreparedAnswer | null, facts?: ResponseFacts): void;
  /** The client got everything, or what there was; see `cut`. */
  delivered(facts: ResponseFacts): void;
  /** The client left before the end, and nothing more is awaited. */
  left(): void;
  /** The answer began and did not end well. The client was told. */
  cut(failure: Failure, facts: ResponseFacts): void;
}

/** How one attempt ended. */
import type { ResponseFacts } from '../core/usage.ts';
import type { Failure } from '../routing/outcome.ts';

/** An upstream's error as it can be passed on unmodified. */
export interface PreparedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Moments of an attempt, monotonic ms; null when they never came. */
export interface AttemptTimes {
  readonly started: number;
  readonly connected: number | null;
  readonly sent: number | null;
  readonly firstByte: number | null;
  readonly firstContent: number | null;
  readonly done: number;
}

interface Ended {
  readonly times: AttemptTimes;
  readonly status: number | null;
  readonly reusedSocket: boolean;
  /** Headers of the upstream's answer; empty when there was none. */
  readonly headers: Readonly<Record<string, string>>;
}

export type AttemptEnd = Ended &
  (
    | { readonly kind: 'delivered'; readonly facts: ResponseFacts }
    | { readonly kind: 'cut'; readonly failure: Failure; readonly facts: ResponseFacts }
    /** Before anything reached the client. */
    | {
        readonly kind: 'failed';
        readonly failure: Failure;
        readonly answer: PreparedAnswer | null;
        /** What it had told until then. */
        readonly facts: ResponseFacts;
      }
    | { readonly kind: 'client-left'; readonly facts: ResponseFacts }
    /** The deadline over all attempts, or the end of the process. */
    | { readonly kind: 'stopped'; readonly facts: ResponseFacts }
  );

export const NO_FACTS: ResponseFacts = { usage: null, finishReason: null, model: null };

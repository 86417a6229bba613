/** What a model said, put together from an answer or from the events of a stream. */

export interface AssembledAnswer {
  readonly text: string;
  readonly reasoning: string;
  readonly calls: readonly {
    /** Null where the format gives calls no id. */
    readonly id: string | null;
    readonly name: string;
    /** JSON as the model wrote it, which need not be whole. */
    readonly arguments: string;
  }[];
}

/** One event of a stream as the client got it. */
export interface StreamEvent {
  /** When it was whole, ms since the request arrived; null where that is not known. */
  readonly at: number | null;
  readonly text: string;
}

/** A piece of the list of events. */
export interface StreamEvents {
  readonly events: readonly StreamEvent[];
  /** All events that are kept. */
  readonly total: number;
  /** `stored`, `truncated` in the middle, `dropped` to keep the log small, or `not-kept`: no stream, or no bodies. */
  readonly state: 'stored' | 'truncated' | 'dropped' | 'not-kept';
}

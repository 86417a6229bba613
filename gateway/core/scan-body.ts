/** Placeholder of types until the scanner lands (same file). */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Members of a request's top level that the gateway cares about. */
export type TopLevelMember =
  'model' | 'stream' | 'stream_options' | 'messages' | 'input' | 'contents' | 'tools';

/** A request body that is valid JSON with an object at the top, looked at once and never parsed as a whole. */
export interface ScannedBody {
  readonly bytes: Uint8Array;
  /** Byte range of each member's value. */
  readonly members: Readonly<Partial<Record<TopLevelMember, ByteRange>>>;
  /** Offset just behind the opening brace of the top-level object: the place for an added first member. */
  readonly insertAt: number;
  /** True when the top-level object has no member at all. */
  readonly empty: boolean;
}

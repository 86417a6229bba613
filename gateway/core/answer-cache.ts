/** Answers kept for requests that ask exactly the same again. In memory now; a shared store has the same port. */

export interface CachedAnswer {
  /** Of the first answer, as far as they hold for any: its type, who served it. */
  readonly headers: Readonly<Record<string, string>>;
  /** The whole body as the client got it: of a stream every event with its terminator. */
  readonly body: Uint8Array;
  readonly streamed: boolean;
  readonly finishReason: string | null;
  readonly model: string | null;
}

export interface CacheState {
  readonly entries: number;
  readonly bytes: number;
  /** Since this process began. */
  readonly hits: number;
  readonly misses: number;
}

/** No method rejects: a cache that fails has nothing. */
export interface AnswerCache {
  get(key: string): Promise<CachedAnswer | undefined>;
  /** @param ttl ms it may be given out */
  put(key: string, answer: CachedAnswer, ttl: number): Promise<void>;
  /** @returns how many answers were forgotten */
  clear(): Promise<number>;
  state(): Promise<CacheState>;
}

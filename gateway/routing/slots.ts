/** Room for requests, per provider and per key: under way at once, and per minute. State lives in `state/`. */
import type { KeyLoad } from './choices.ts';
import type { KeyUse } from './health.ts';
import type { RateLimits, RateWait, TokenNeed } from './limits.ts';

/** 0 everywhere: no limit. */
export interface SlotLimits extends RateLimits {
  readonly provider: number;
  readonly key: number;
}

/** What is in the way of a request. */
export type Crowding =
  | { readonly kind: 'free' }
  /** As many requests are under way as may be. */
  | { readonly kind: 'provider-full' }
  | { readonly kind: 'key-full' }
  /** The requests or tokens of this minute are used up. */
  | ({ readonly kind: 'rate' } & RateWait);

/** Tokens that an answer told. */
export interface TokensUsed {
  readonly input: number;
  readonly output: number;
}

/** A place that a request has taken. */
export interface SlotPlace {
  /** Gives it back; what was sent still counts for its minute. */
  readonly release: () => void;
  /**
   * Instead of what the request might have become it counts for what it was; also after the place was given back.
   * @param used null where nobody answered: the question alone counts; `unknown` of an answer that nobody can count: it
   * stands for the longest it might have been
   */
  readonly settle: (used: TokensUsed | null | 'unknown') => void;
  /** Until the limits per minute let it be sent once more in the same place; those who wait are woken then. */
  readonly untilAgain: () => RateWait;
  /** It is sent once more in the same place, which counts as another request. */
  readonly again: () => void;
  /** It was not sent after all, the last time: it does not count. Before the place is given back, which tells others. */
  readonly cancel: () => void;
}

export interface Slots {
  /** @param need asked only where there is a limit on tokens */
  room(use: KeyUse, limits: SlotLimits, need: () => TokenNeed): Crowding;
  /** Takes a place everywhere, or nowhere. @returns undefined when there is no room */
  take(use: KeyUse, limits: SlotLimits, need: () => TokenNeed): SlotPlace | undefined;
  /** Calls back once when there may be room at the provider again; the returned function cancels. */
  onFree(provider: string, freed: () => void): () => void;
  /** Requests that wait for room at the provider. */
  readonly waiting: (provider: string) => number;
  readonly load: (provider: string, key: string) => KeyLoad;
}

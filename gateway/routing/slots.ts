/** Room for requests, per provider and per key: under way at once, and per minute. State lives in `state/`. */
import type { KeyLoad } from './choices.ts';
import type { RateLimits } from './limits.ts';

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
  /** The requests or tokens of this minute are used up; ms until there are some again. */
  | { readonly kind: 'rate'; readonly wait: number };

export interface Slots {
  /** @param tokens what the request counts for; asked only where there is a limit on them */
  room(provider: string, key: string, limits: SlotLimits, tokens: () => number): Crowding;
  /** Takes a place everywhere, or nowhere. @returns what gives it back, or undefined when there is no room */
  take(provider: string, key: string, limits: SlotLimits, tokens: () => number): (() => void) | undefined;
  /** An answer told how many tokens a request that counted for `counted` was in fact. */
  settle(provider: string, key: string, counted: number, actual: number): void;
  /** Calls back once when there may be room at the provider again; the returned function cancels. */
  onFree(provider: string, freed: () => void): () => void;
  readonly load: (provider: string, key: string) => KeyLoad;
}

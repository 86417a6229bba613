/** Counts what each key was used for in the last minute. */
import {
  FITS,
  RATE_WINDOW,
  rateWait,
  type RateLimits,
  type RateUse,
  type RateWait,
} from '../routing/limits.ts';

type Use = { -readonly [K in keyof RateUse]: RateUse[K] };

/** A request that counts. */
export interface Counted {
  /** Tells what it was in fact. */
  readonly settle: (tokens: number) => void;
  /** It was not sent, so it does not count. */
  readonly cancel: () => void;
}

export interface Rates {
  wait(name: string, limits: RateLimits, tokens: number, now: number): RateWait;
  /** @param tokens as many as it may become */
  count(name: string, tokens: number, now: number): Counted;
}

/** Only keys with a limit are counted. */
export function createRates(): Rates {
  const known = new Map<string, Use[]>();

  const recent = (name: string, now: number): Use[] | undefined => {
    const uses = known.get(name);
    const first = uses?.findIndex(({ at }) => now - at < RATE_WINDOW) ?? 0;
    if (first !== 0) uses?.splice(0, first === -1 ? uses.length : first);
    return uses;
  };

  return {
    wait(name, limits, tokens, now) {
      const uses = recent(name, now);
      return uses === undefined ? FITS : rateWait(uses, limits, tokens, now);
    },
    count(name, tokens, now) {
      const uses = recent(name, now) ?? [];
      known.set(name, uses);
      const use: Use = { at: now, tokens, settled: false };
      uses.push(use);
      return {
        settle(actual) {
          use.tokens = actual;
          use.settled = true;
        },
        cancel() {
          const place = uses.indexOf(use);
          if (place !== -1) uses.splice(place, 1);
        },
      };
    },
  };
}

/** Counts what each key was used for in the last minute. */
import { RATE_WINDOW, rateWait, type RateLimits } from '../routing/limits.ts';

interface Use {
  readonly at: number;
  tokens: number;
  settled: boolean;
}

export interface Rates {
  /** @returns ms until a request of so many tokens fits; 0 when it does */
  wait(name: string, limits: RateLimits, tokens: number, now: number): number;
  count(name: string, tokens: number, now: number): void;
  /** The oldest request that counted for `counted` was `actual` tokens in fact. */
  settle(name: string, counted: number, actual: number): void;
}

/** Only keys with a limit are counted. */
export function createRates(): Rates {
  const known = new Map<string, Use[]>();

  const recent = (name: string, now: number): Use[] => {
    const uses = known.get(name) ?? [];
    const first = uses.findIndex(({ at }) => now - at < RATE_WINDOW);
    if (first !== 0) uses.splice(0, first === -1 ? uses.length : first);
    return uses;
  };

  return {
    wait: (name, limits, tokens, now) => rateWait(recent(name, now), limits, tokens, now),
    count(name, tokens, now) {
      const uses = recent(name, now);
      known.set(name, uses);
      uses.push({ at: now, tokens, settled: false });
    },
    settle(name, counted, actual) {
      const use = known.get(name)?.find(({ tokens, settled }) => !settled && tokens === counted);
      if (use === undefined) return;
      use.tokens = actual;
      use.settled = true;
    },
  };
}

/** Limits per minute, over any 60 seconds and not over minutes of the clock: no minute can pass them. Pure. */

/** 0: no limit. */
export interface RateLimits {
  readonly rpm: number;
  readonly tpm: number;
}

/** ms */
export const RATE_WINDOW = 60_000;

/** One request that counts. */
export interface RateUse {
  /** Monotonic ms. */
  readonly at: number;
  /** Of a request under way: as many as it may become. */
  readonly tokens: number;
  /** Its answer has told how many they were. */
  readonly settled: boolean;
}

/** What a request may count for under a limit of tokens, before it is sent. */
export interface TokenNeed {
  /** Tokens of the question, about. */
  readonly input: number;
  /** Tokens the answer may have at the most; null where the request does not say. */
  readonly output: number | null;
}

/** ms until a request fits; 0 when it does. */
export interface RateWait {
  /** As things stand. */
  readonly wait: number;
  /** At the earliest: requests under way may turn out to be shorter than they may become. */
  readonly soonest: number;
}

export const FITS: RateWait = { wait: 0, soonest: 0 };

/**
 * @param uses within the last 60 s, oldest first
 * @param tokens what the request probably is; alone it may be more than the limit, or it could never be sent
 * @param now monotonic ms
 */
export function rateWait(
  uses: readonly RateUse[],
  { rpm, tpm }: RateLimits,
  tokens: number,
  now: number,
): RateWait {
  const fits = (at: RateUse | undefined): number => (at === undefined ? 0 : at.at + RATE_WINDOW - now);
  const byRequests = rpm > 0 && uses.length >= rpm ? fits(uses[uses.length - rpm]) : 0;
  if (tpm === 0) return { wait: byRequests, soonest: byRequests };
  const byTokens = (weight: (use: RateUse) => number): number => {
    let left = uses.reduce((sum, use) => sum + weight(use), 0);
    let gone = 0;
    while (gone < uses.length && left > 0 && left + tokens > tpm) {
      const use = uses[gone];
      left -= use === undefined ? 0 : weight(use);
      gone += 1;
    }
    return gone === 0 ? 0 : fits(uses[gone - 1]);
  };
  const wait = Math.max(
    byRequests,
    byTokens((use) => use.tokens),
  );
  if (wait === byRequests) return { wait, soonest: wait };
  return {
    wait,
    soonest: Math.max(
      byRequests,
      byTokens((use) => (use.settled ? use.tokens : 0)),
    ),
  };
}

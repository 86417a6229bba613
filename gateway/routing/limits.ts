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
  readonly tokens: number;
}

/**
 * @param uses within the last 60 s, oldest first
 * @param tokens what the request counts for; alone it may be more than the limit, or it could never be sent
 * @param now monotonic ms
 * @returns ms until it fits; 0 when it does
 */
export function rateWait(
  uses: readonly RateUse[],
  { rpm, tpm }: RateLimits,
  tokens: number,
  now: number,
): number {
  const fits = (at: RateUse | undefined): number => (at === undefined ? 0 : at.at + RATE_WINDOW - now);
  const byRequests = rpm > 0 && uses.length >= rpm ? fits(uses[uses.length - rpm]) : 0;
  if (tpm === 0) return byRequests;
  let left = uses.reduce((sum, use) => sum + use.tokens, 0);
  let gone = 0;
  while (gone < uses.length && left + tokens > tpm) {
    left -= uses[gone]?.tokens ?? 0;
    gone += 1;
  }
  return Math.max(byRequests, gone === 0 ? 0 : fits(uses[gone - 1]));
}

/**
 * Several keys of a provider limited at once: bad luck of each, or one limit of the account behind them
 * (DESIGN section 6)? Pure.
 */

/** A key that was just limited. */
export interface Limited {
  readonly key: string;
  /** Monotonic ms. */
  readonly at: number;
  /** Undefined while it is not known. */
  readonly account: string | undefined;
  /** When its limit ends, in the provider's own words; undefined where it gave no such moment. */
  readonly reset: string | undefined;
}

/** Two within this time make the others suspect, ms. */
const TOGETHER = 1_000;
/** So long suspicion waits for the answer of one further key, ms. */
const PATIENCE = 10_000;

/** Reasons of the outcome table that are limits, which an account may stand behind. */
export const LIMITS: ReadonlySet<string> = new Set(['rate_limited', 'daily_quota', 'no_quota', 'free_limit']);

/** Those of them that keys beside may share without a word of it. A quota of the day says that it is a project's own. */
export const MAY_BE_SHARED: ReadonlySet<string> = new Set(['rate_limited', 'free_limit']);
/** Keys that were not asked rest no longer than this for what others were told, ms: they may be somebody else's. */
export const LONGEST_GUESS = 60_000;

export type Verdict = 'alone' | 'suspect' | 'account';

/** Those before that still count once `next` is limited too, and `next` itself. */
export function withLimited(before: readonly Limited[], next: Limited): readonly Limited[] {
  const others = before.filter(({ key, account }) => key !== next.key && mayBeOne(account, next.account));
  const last = others.at(-1);
  const span = others.length < 2 ? TOGETHER : PATIENCE;
  return last !== undefined && next.at - last.at <= span ? [...others, next] : [next];
}

/** No later one can count together with these. @param now monotonic ms */
export function isOver(limited: readonly Limited[], now: number): boolean {
  const last = limited.at(-1);
  return last === undefined || now - last.at > PATIENCE;
}

export function verdictOn(limited: readonly Limited[]): Verdict {
  const [first] = limited;
  if (first === undefined || limited.length < 2) return 'alone';
  const same = (value: (one: Limited) => string | undefined): boolean =>
    value(first) !== undefined && limited.every((one) => value(one) === value(first));
  if (limited.length > 2 || same(({ account }) => account) || same(({ reset }) => reset)) return 'account';
  return 'suspect';
}

const mayBeOne = (one: string | undefined, other: string | undefined): boolean =>
  one === undefined || other === undefined || one === other;

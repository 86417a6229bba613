/** What the client is told when no attempt could answer. Pure. */
import type { NamedKey } from '../../contract/log/key-name.ts';
import type { AttemptRecord } from '../../contract/log/row.ts';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { ErrorCode, GatewayError } from '../core/errors.ts';
import { failed } from '../core/failed.ts';
import { inOneList, inSentences } from '../core/sayings.ts';
import type { Failure, Judgement } from '../routing/outcome.ts';
import { LIMITS } from '../routing/suspicion.ts';
import { UNREACHED } from '../routing/unreached.ts';
import { WORTH_REPEATING } from './admit.ts';
import type { PreparedAnswer } from './attempt-end.ts';
import { failureCode, failureSentence, failureTold, saidOf } from './failure-text.ts';

/** Reasons that only money or the next month ends. */
const OUT_OF_CREDIT: ReadonlySet<string> = new Set(['credit_exhausted', 'spend_limit']);

/** No client is told to wait longer, s. */
const LONGEST_RETRY_AFTER = 60;

export interface LastFailure {
  readonly failure: Failure;
  readonly judgement: Judgement;
  readonly answer: PreparedAnswer | null;
}

export interface FinalError {
  /** What the client gets unless the upstream's own answer is passed on; always what the log gets. */
  readonly error: GatewayError;
  /** Stable code for the log: the reason, where the upstream's answer is passed on. */
  readonly code: string;
  readonly answer: PreparedAnswer | null;
  /** Sent along with either. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The same error, said to be final because of the budget and not for want of other places to try. */
export const budgetSpent = (final: FinalError): FinalError => ({
  ...final,
  headers: { 'x-switchyard-retry': 'budget-exhausted' },
});

/** Why a key that could serve was not even tried. */
export interface UnusableKey extends NamedKey {
  /** Of its cool-down; or `limit_per_minute`, `max_concurrency` where it has as many requests as it may. */
  readonly reason: string;
  /** ms */
  readonly left: number;
}

/**
 * The error after at least one attempt. A fault of keys gets the gateway's own words, naming fingerprints
 * only; anything else passes on what the upstream wrote, unmodified.
 */
export function errorAfterAttempts(attempts: readonly AttemptRecord[], last: LastFailure): FinalError {
  const keyFaults = attempts.filter(({ scope }) => scope === 'key' || scope === 'account');
  if (keyFaults.length === attempts.length) {
    const error = keysFailed(attempts, last);
    return { error, code: error.code, answer: null };
  }
  const error = failed(codeOf(last), failureSentence(last.failure, attempts));
  // Nothing was sent anywhere, and a machine that just woke has its network back in a moment.
  if (attempts.every(({ result }) => UNREACHED.has(result))) {
    return { error, code: error.code, answer: null, headers: WORTH_REPEATING };
  }
  // A redirect would send the client, and whatever it brings, somewhere else.
  const theirs = last.judgement.scope !== 'key' && last.judgement.reason !== 'upstream_redirected';
  const passedOn = last.failure.kind === 'answer' && theirs ? last.answer : null;
  return { error, code: passedOn === null ? error.code : last.judgement.reason, answer: passedOn };
}

/** A fault of the request stays one in the gateway's own words, where the upstream's are too many to pass on. */
function codeOf({ failure, judgement, answer }: LastFailure): ErrorCode {
  if (judgement.scope !== 'request' || answer !== null || failure.kind !== 'answer')
    return failureCode(failure);
  return failure.error.status === 413 ? 'body_too_large' : 'invalid_request';
}

function keysFailed(attempts: readonly AttemptRecord[], last: LastFailure): GatewayError {
  const results = new Set(attempts.map(({ result }) => result));
  const said = inOneList(attempts.map((attempt) => saidOf(attempt, wordsOf(attempt))));
  const only = (...wanted: readonly string[]): boolean =>
    [...results].every((result) => wanted.includes(result));
  if (only('credit_exhausted', 'credit_short', 'spend_limit')) {
    return failed('credentials_exhausted', remark('keys-no-credit', {}, said));
  }
  // One key that comes back by itself is worth more to know than those that do not.
  if (results.has('over_tier') || [...results].some((result) => LIMITS.has(result))) {
    const limited = attempts.filter(({ result }) => LIMITS.has(result));
    const waits = limited.flatMap(({ cooldown }) => (cooldown === null ? [] : [cooldown]));
    const told = remark(limited.length === attempts.length ? 'keys-limited' : 'keys-unusable-now', {}, said);
    const soonest = Math.min(...waits, LONGEST_RETRY_AFTER * 1_000);
    return failed('rate_limit_exceeded', told, { retryAfter: retrySeconds(soonest) });
  }
  const told = remark(only('key_rejected') ? 'keys-refused' : 'keys-unusable', {}, said);
  return failed('upstream_credentials_rejected', told, { cause: failureTold(last.failure).text });
}

/** What an attempt of the row came to: in words of ours, as the upstream said it, or the reason alone. */
function wordsOf({ told, message, result }: AttemptRecord): Told {
  if (told !== undefined) return told;
  return message === null ? remark('why-code', { why: result }) : remark('upstream-words', { message });
}

/** Keys in a sentence. */
const MOST_NAMED = 5;

function resting({ provider, keyFingerprint: key, reason: why, left }: UnusableKey): Told {
  const seconds = retrySeconds(left, Infinity);
  if (key === null) {
    return left > 0
      ? remark('place-rests-for', { provider, why, seconds })
      : remark('place-rests', { provider, why });
  }
  return left > 0
    ? remark('key-rests-for', { provider, key, why, seconds })
    : remark('key-rests', { provider, key, why });
}

/** Limits that the user set, not the provider. */
const OWN_LIMITS: ReadonlySet<string> = new Set(['limit_per_minute', 'max_concurrency']);

/** The error when every key that could serve is cooling or at its limit, and the soonest is too far away. */
export function errorNoneUsable(keys: readonly UnusableKey[]): GatewayError {
  const soonest = Math.min(...keys.map(({ left }) => left));
  const retryAfter = retrySeconds(soonest);
  const more = keys.length - MOST_NAMED;
  const list = inOneList([
    ...keys.slice(0, MOST_NAMED).map(resting),
    ...(more > 0 ? [remark('and-more', { more })] : []),
  ]);
  const reasons = new Set(keys.map(({ reason }) => reason));
  const all = (reason: string): boolean => reasons.size === 1 && reasons.has(reason);
  const own = keys.filter(({ reason }) => OWN_LIMITS.has(reason)).length;
  if (own === keys.length) {
    return failed('rate_limit_exceeded', remark('keys-at-limits', {}, list), { retryAfter });
  }
  const cooling = remark(own === 0 ? 'keys-cool' : 'keys-cool-or-full', {}, list);
  if (all('key_rejected')) {
    return failed('upstream_credentials_rejected', inSentences([cooling, remark('advice-replace')]));
  }
  if ([...reasons].every((reason) => OUT_OF_CREDIT.has(reason))) {
    return failed('credentials_exhausted', inSentences([cooling, remark('advice-credit')]));
  }
  const code = [...reasons].every((reason) => LIMITS.has(reason) || OWN_LIMITS.has(reason))
    ? 'rate_limit_exceeded'
    : 'all_keys_cooling';
  return failed(code, inSentences([cooling, remark('advice-wait')]), { retryAfter });
}

/** Whole seconds, at least 1. */
function retrySeconds(milliseconds: number, most = LONGEST_RETRY_AFTER): number {
  return Math.max(1, Math.min(most, Math.ceil(milliseconds / 1_000)));
}

/** The same bound for an upstream's own answer that is passed on: no client waits longer because of us. */
export function boundRetryAfter(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { 'retry-after': seconds, 'retry-after-ms': milliseconds, ...rest } = headers;
  const bounded: Record<string, string> = { ...rest, 'x-should-retry': 'false' };
  const wait = Number(milliseconds ?? NaN) / 1_000;
  const told = Number.isFinite(wait) ? wait : Number(seconds ?? NaN);
  if (Number.isFinite(told) && told >= 0) bounded['retry-after'] = String(retrySeconds(told * 1_000));
  return bounded;
}

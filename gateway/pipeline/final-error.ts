/** What the client is told when no attempt could answer. Pure. */
import { keyText, type NamedKey } from '../../contract/log/key-name.ts';
import type { AttemptRecord } from '../../contract/log/row.ts';
import { GatewayError, type ErrorCode } from '../core/errors.ts';
import type { Failure, Judgement } from '../routing/outcome.ts';
import { LIMITS } from '../routing/suspicion.ts';
import { UNREACHED } from '../routing/unreached.ts';
import { WORTH_REPEATING } from './admit.ts';
import type { PreparedAnswer } from './attempt-end.ts';
import { failureCode, failureDetail, failureSentence } from './failure-text.ts';

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
  const error = new GatewayError(codeOf(last), failureSentence(last.failure, attempts));
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
  const said = attempts
    .map((attempt) => `${keyText(attempt)}: ${attempt.message ?? attempt.result}`)
    .join('; ');
  const only = (...wanted: readonly string[]): boolean =>
    [...results].every((result) => wanted.includes(result));
  if (only('credit_exhausted', 'credit_short', 'spend_limit')) {
    return new GatewayError(
      'credentials_exhausted',
      `Every key that was tried is out of credit. ${ended(said)} Add credit, or a key that has some.`,
    );
  }
  // One key that comes back by itself is worth more to know than those that do not.
  if (results.has('over_tier') || [...results].some((result) => LIMITS.has(result))) {
    const limited = attempts.filter(({ result }) => LIMITS.has(result));
    const waits = limited.flatMap(({ cooldown }) => (cooldown === null ? [] : [cooldown]));
    const all =
      limited.length === attempts.length ? 'Every key that was tried is limited' : 'No key could be used';
    return new GatewayError(
      'rate_limit_exceeded',
      `${all}. ${ended(said)} Wait, or add a key or another provider to fall back to.`,
      { retryAfter: retrySeconds(Math.min(...waits, LONGEST_RETRY_AFTER * 1_000)) },
    );
  }
  const refused = only('key_rejected') ? 'Every key that was tried was refused' : 'No key could be used';
  return new GatewayError(
    'upstream_credentials_rejected',
    `${refused}. ${ended(said)} Replace the refused key, or add one that works.`,
    { cause: failureDetail(last.failure) },
  );
}

/** Limits that the user set, not the provider. */
const OWN_LIMITS: ReadonlySet<string> = new Set(['limit_per_minute', 'max_concurrency']);

/** The error when every key that could serve is cooling or at its limit, and the soonest is too far away. */
export function errorNoneUsable(keys: readonly UnusableKey[]): GatewayError {
  const soonest = Math.min(...keys.map(({ left }) => left));
  const retryAfter = retrySeconds(soonest);
  const list = keys
    .slice(0, 5)
    .map(
      ({ reason, left, ...name }) =>
        `${keyText(name)} ${reason}${left > 0 ? ` for ${retrySeconds(left, Infinity)} s more` : ''}`,
    )
    .join('; ');
  const more = keys.length > 5 ? `; and ${keys.length - 5} more` : '';
  const reasons = new Set(keys.map(({ reason }) => reason));
  const all = (reason: string): boolean => reasons.size === 1 && reasons.has(reason);
  const own = keys.filter(({ reason }) => OWN_LIMITS.has(reason)).length;
  if (own === keys.length) {
    return new GatewayError(
      'rate_limit_exceeded',
      `Every key has as many requests or tokens as its limits allow (rpm, tpm, max_concurrency): ${list}${more}. Wait, raise the limits, or add a key.`,
      { retryAfter },
    );
  }
  const text = `${own === 0 ? 'Every key is cooling' : 'Every key is cooling or at its limit'}: ${list}${more}.`;
  if (all('key_rejected')) {
    return new GatewayError('upstream_credentials_rejected', `${text} Replace them, or clear the cool-down.`);
  }
  if ([...reasons].every((reason) => OUT_OF_CREDIT.has(reason))) {
    return new GatewayError('credentials_exhausted', `${text} Add credit, or clear the cool-down.`);
  }
  const code = [...reasons].every((reason) => LIMITS.has(reason) || OWN_LIMITS.has(reason))
    ? 'rate_limit_exceeded'
    : 'all_keys_cooling';
  return new GatewayError(code, `${text} Wait, clear the cool-down, or add a key.`, { retryAfter });
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

/** The upstream's words may end a sentence of their own. */
const ended = (words: string): string => (/[.?!]$/.test(words) ? words : `${words}.`);

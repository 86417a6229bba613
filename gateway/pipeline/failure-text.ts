/** Failures in words a person can act on: what happened, who said so, what was tried, what to do. Pure. */
import type { NamedKey } from '../../contract/log/key-name.ts';
import type { AttemptRecord } from '../../contract/log/row.ts';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { ErrorCode } from '../core/errors.ts';
import { redactTold } from '../core/redact-told.ts';
import { inOneList, inSentences } from '../core/sayings.ts';
import { saidBy } from '../core/upstream-error.ts';
import { effectiveStatus } from '../routing/effective-status.ts';
import type { Failure } from '../routing/outcome.ts';

/** The upstream's own words, or ours where it said nothing. Bounded by the dialect; not redacted. */
export function failureTold(failure: Failure): Told {
  switch (failure.kind) {
    case 'answer':
      return saidBy(failure.error);
    case 'transport':
      return failure.failure.told;
    case 'gateway':
      return failure.told;
  }
}

/** The same for the record of an attempt, without secrets: words of ours as data, an upstream's as they came. */
export function saidInRow(
  failure: Failure,
  redact: (text: string) => string,
): { readonly message: string; readonly told?: Told } {
  const told = redactTold(failureTold(failure), redact);
  return told.code === 'upstream-words' ? { message: told.text } : { message: told.text, told };
}

/** The gateway's code for a failure that is not passed on as the upstream wrote it. */
export function failureCode(failure: Failure): ErrorCode {
  switch (failure.kind) {
    case 'answer': {
      const status = effectiveStatus(failure.error);
      if (status >= 300 && status < 400) return 'upstream_redirected';
      return status === 503 || status === 529 ? 'upstream_overloaded' : 'upstream_error';
    }
    case 'transport':
      return failure.failure.code;
    case 'gateway':
      return failure.code;
  }
}

/** An address that was refused says itself what can be done, which is nothing for some. */
const ADVICE: Readonly<Partial<Record<ErrorCode, Told>>> = {
  connect_timeout: remark('advice-connect'),
  upstream_unreachable: remark('advice-unreachable'),
  upstream_redirected: remark('advice-redirected'),
  upstream_invalid_response: remark('advice-invalid'),
  first_content_timeout: remark('advice-first-content'),
  upstream_cut: remark('advice-again'),
  idle_timeout: remark('advice-idle'),
  total_timeout: remark('advice-total'),
};

/** What went wrong with the last attempt, as the client reads it. */
export const failureSentence = (failure: Failure, attempts: readonly AttemptRecord[]): Told =>
  joined(attempts.at(-1), failure, tried(attempts));

/** The same for an answer that broke off, whose attempt is not among those that have ended yet. */
export const brokenSentence = (failure: Failure, who: NamedKey): Told => joined(who, failure, undefined);

function joined(who: NamedKey | undefined, failure: Failure, others: Told | undefined): Told {
  const said = failureTold(failure);
  const first = who === undefined ? remark('somebody-said', {}, said) : saidOf(who, said);
  const advice = ADVICE[failureCode(failure)];
  return inSentences(
    [remark('one-sentence', {}, first), others, advice].filter((part) => part !== undefined),
  );
}

/** A clause: who was asked, and what came of it. */
export const saidOf = ({ provider, keyFingerprint: key }: NamedKey, words: Told): Told =>
  key === null ? remark('place-said', { provider }, words) : remark('key-said', { provider, key }, words);

/** Every attempt in one sentence; undefined when there was only one. */
export function tried(attempts: readonly AttemptRecord[]): Told | undefined {
  if (attempts.length < 2) return undefined;
  return remark('tried', { attempts: attempts.length }, inOneList(attempts.map(ended)));
}

function ended({ provider, keyFingerprint: key, status, result: why }: AttemptRecord): Told {
  if (key === null) {
    return status === null
      ? remark('place-silent', { provider, why })
      : remark('place-ended', { provider, status, why });
  }
  return status === null
    ? remark('key-silent', { provider, key, why })
    : remark('key-ended', { provider, key, status, why });
}

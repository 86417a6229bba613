/** Failures in words a person can act on: what happened, who said so, what was tried, what to do. Pure. */
import { keyText, type NamedKey } from '../../contract/log/key-name.ts';
import type { AttemptRecord } from '../../contract/log/row.ts';
import type { ErrorCode } from '../core/errors.ts';
import { effectiveStatus } from '../routing/effective-status.ts';
import type { Failure } from '../routing/outcome.ts';

/** The upstream's own words, or ours where it said nothing. Bounded by the dialect; not redacted. */
export function failureDetail(failure: Failure): string {
  switch (failure.kind) {
    case 'answer':
      return failure.error.message === '' ? `HTTP ${failure.error.status}` : failure.error.message;
    case 'transport':
      return failure.failure.detail;
    case 'gateway':
      return failure.detail;
  }
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
const ADVICE: Readonly<Partial<Record<ErrorCode, string>>> = {
  connect_timeout: 'Check the address, the network and the proxy of this provider.',
  upstream_unreachable: 'Check that it runs and that its address, the network and the proxy are right.',
  upstream_redirected: 'Redirects are never followed with a key; set base_url to the final address.',
  upstream_invalid_response: 'Check that base_url is the address of its API.',
  first_content_timeout: 'Raise timeout.first_content of this provider if its models think longer.',
  upstream_cut: 'Send the request again.',
  idle_timeout: 'Send the request again; raise timeout.idle of this provider if its models pause longer.',
  total_timeout: 'Raise timeout.total of this provider, or stream the answer.',
};

/** What went wrong with the last attempt, as the client reads it. */
export function failureSentence(failure: Failure, attempts: readonly AttemptRecord[]): string {
  const last = attempts.at(-1);
  const who = last === undefined ? 'The upstream' : keyText(last);
  return joined(who, failure, tried(attempts));
}

/** The same for an answer that broke off, whose attempt is not among those that have ended yet. */
export function brokenSentence(failure: Failure, who: NamedKey): string {
  return joined(keyText(who), failure, '');
}

function joined(who: string, failure: Failure, others: string): string {
  const advice = ADVICE[failureCode(failure)];
  return [`${who}: ${sentence(failureDetail(failure))}`, others, advice]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
}

/** Every attempt in one sentence; empty when there was only one. */
export function tried(attempts: readonly AttemptRecord[]): string {
  if (attempts.length < 2) return '';
  const list = attempts.map(
    (attempt) => `${keyText(attempt)} ${attempt.status ?? 'no answer'} ${attempt.result}`,
  );
  return `Tried ${attempts.length}: ${list.join('; ')}.`;
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

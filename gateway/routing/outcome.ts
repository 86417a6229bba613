/**
 * Whose fault a failed attempt was and what to do next (DESIGN section 6): one ordered table, first row
 * that fits wins. Facts: research on provider errors, `errors` recordings; statuses alone are not enough.
 */
import type { Scope } from '../../contract/log/row.ts';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { UpstreamError } from '../core/upstream-error.ts';
import type { UpstreamFailure } from '../core/upstream.ts';
import { effectiveStatus } from './effective-status.ts';
import { RULES } from './outcome-rules.ts';
import { showsSigns } from './signs.ts';
import { unsupportedParameter, type ParameterRepair } from './unsupported-parameter.ts';

/** What broke: an answer that was an error, a connection, or one of our own timers and checks. */
export type Failure =
  | {
      readonly kind: 'answer';
      readonly error: UpstreamError;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'transport'; readonly failure: UpstreamFailure }
  | {
      readonly kind: 'gateway';
      readonly code:
        | 'first_content_timeout'
        | 'idle_timeout'
        | 'total_timeout'
        | 'sse_line_too_long'
        | 'upstream_cut'
        | 'upstream_invalid_response';
      /** In words of ours. */
      readonly told: Told;
    };

/**
 * - `return`: the client gets it as it is, no other try can help
 * - `next-key`: another key of the same provider, then the next target
 * - `next-target`: this provider will not do better with another key
 * - `replay`: once more on a fresh socket, same key
 * - `repair`: once more without the reasoning of earlier turns, or one parameter that is a hint, same key
 */
export type Action = 'return' | 'next-key' | 'next-target' | 'replay' | 'repair';

/**
 * What cools. Nothing; the key at once, for all models or this one; the account of the key, for all models, this one
 * or those that cost nothing (the key alone where its account is not known); the model or the provider with whatever
 * key; the key after several such failures; or, shortly, the provider that could not be reached several times.
 */
export type Cools =
  | 'nothing'
  | 'key'
  | 'key-model'
  | 'account'
  | 'account-model'
  | 'account-free'
  | 'model'
  | 'provider'
  | 'key-after-several'
  | 'provider-unreached';

export interface Judgement {
  /** Stable name of the reason, as it stands in the log row. */
  readonly reason: string;
  readonly scope: Scope;
  readonly action: Action;
  readonly cools: Cools;
  /** Shortest sensible cool-down for this reason, ms; the usual ladder otherwise. */
  readonly atLeast: number;
}

/** Judges a failed attempt. Pure. */
export function judge(failure: Failure): Judgement {
  switch (failure.kind) {
    case 'answer':
      return judgeAnswer(failure.error);
    case 'transport':
      return judgeTransport(failure.failure);
    case 'gateway':
      return judgeOwn(failure.code);
  }
}

function judgeAnswer(error: UpstreamError): Judgement {
  const facts: UpstreamError = { ...error, status: effectiveStatus(error) };
  const rule = RULES.find(({ when }) => showsSigns(facts, when));
  if (rule !== undefined) return { atLeast: 0, ...rule.judgement };
  if (unsupportedParameter(facts) !== undefined) return UNSUPPORTED;
  return facts.status >= 400 && facts.status < 500
    ? { reason: 'request_rejected', scope: 'request', action: 'return', cools: 'nothing', atLeast: 0 }
    : {
        reason: 'upstream_error',
        scope: 'provider',
        action: 'next-key',
        cools: 'key-after-several',
        atLeast: 0,
      };
}

/** What to leave out of a request that is refused for it; undefined where it is refused for something else. */
export function refusedParameter(error: UpstreamError): ParameterRepair | undefined {
  const facts: UpstreamError = { ...error, status: effectiveStatus(error) };
  return RULES.some(({ when }) => showsSigns(facts, when)) ? undefined : unsupportedParameter(facts);
}

const UNSUPPORTED: Judgement = {
  reason: 'parameter_unsupported',
  scope: 'request',
  action: 'repair',
  cools: 'nothing',
  atLeast: 0,
};

function judgeTransport(failure: UpstreamFailure): Judgement {
  const { code: reason, where } = failure;
  if (reason === 'upstream_address_refused') {
    return { reason, scope: 'gateway', action: 'next-target', cools: 'nothing', atLeast: 0 };
  }
  // Not one byte came back: most often a kept-alive socket the other side had closed.
  if (where === 'sent' && reason === 'upstream_cut') {
    return { reason, scope: 'network', action: 'replay', cools: 'key-after-several', atLeast: 0 };
  }
  // Nobody was reached, so no other key will do better.
  if (where === 'not-sent') {
    return { reason, scope: 'network', action: 'next-target', cools: 'provider-unreached', atLeast: 0 };
  }
  const scope = where === 'answering' ? 'provider' : 'network';
  return { reason, scope, action: 'next-key', cools: 'key-after-several', atLeast: 0 };
}

function judgeOwn(reason: Extract<Failure, { kind: 'gateway' }>['code']): Judgement {
  // A whole attempt's time is spent: it was probably billed, so no other key of the same provider.
  const slow = reason === 'first_content_timeout' || reason === 'idle_timeout' || reason === 'total_timeout';
  return {
    reason,
    scope: 'provider',
    action: slow ? 'next-target' : 'next-key',
    cools: 'key-after-several',
    atLeast: 0,
  };
}

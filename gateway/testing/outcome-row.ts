/** What the outcome table makes of an answer, and how the providers write theirs: for table tests. */
import { readErrorValue } from '../core/read-error.ts';
import { cooldownLength } from '../routing/cooldown.ts';
import { retryHint } from '../routing/hints.ts';
import { judge } from '../routing/outcome.ts';

export const NOW = Date.UTC(2026, 7, 20, 12);
const SECOND = 1_000;
export const HOUR = 3_600 * SECOND;
/** The ladder's first step: what cools without a hint and without a shortest time of its own. */
export const BASE = 30 * SECOND;

export interface Expected {
  readonly reason: string;
  readonly verdict: string;
  /** ms; null when nothing cools. */
  readonly cooldown: number | null;
}

/** Scope, action and what cools in one word each. */
export function verdictOf(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Expected {
  const error = readErrorValue(status, body);
  const { reason, scope, action, cools, atLeast } = judge({ kind: 'answer', error, headers });
  const settings = { base: BASE, ceiling: 60 * BASE };
  const length = cooldownLength(1, retryHint(headers, error, NOW), atLeast, settings, () => 0.5);
  return { reason, verdict: `${scope} ${action} ${cools}`, cooldown: cools === 'nothing' ? null : length };
}

export const openai = (message: string, code: string | null, type = 'invalid_request_error') => ({
  error: { message, type, param: null, code },
});
export const anthropic = (type: string, message: string, details?: object) => ({
  type: 'error',
  error: { type, message, ...(details === undefined ? {} : { details }) },
});
export const gemini = (code: number, status: string, message: string, details: readonly object[] = []) => ({
  error: { code, status, message, details },
});
export const quota = (...ids: readonly string[]) => ({
  '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
  violations: ids.map((quotaId) => ({ quotaId })),
});
export const retryIn = (retryDelay: string) => ({
  '@type': 'type.googleapis.com/google.rpc.RetryInfo',
  retryDelay,
});
export const openrouter = (code: number, message: string, metadata: object = {}) => ({
  error: { code, message, metadata },
  user_id: 'user_1',
});

/** One documented answer and its verdict. */
export type Row = readonly [
  says: string,
  status: number,
  body: unknown,
  reason: string,
  verdict: string,
  cooldown: number | null,
  headers?: Readonly<Record<string, string>>,
];
export const REQUEST = 'request return nothing';
export const KEY = 'key next-key key';
export const ACCOUNT_MODEL = 'account next-key account-model';
export const PROVIDER = 'provider next-key key-after-several';

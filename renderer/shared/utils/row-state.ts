/** How a row's outcome looks: shape and word. Pure. */
import type { AttemptRecord, RequestSummary } from '../../../contract/log/row.ts';
import type { StateKind } from '../ui/state-kind.ts';

export interface RowState {
  readonly kind: StateKind;
  /** The HTTP status where it says enough; null where the word for the outcome is needed. */
  readonly status: number | null;
}

export function rowState(row: Pick<RequestSummary, 'outcome' | 'status'>): RowState {
  switch (row.outcome) {
    case 'live':
      return { kind: 'waiting', status: null };
    case 'ok':
      return { kind: 'ok', status: row.status };
    case 'error':
      return { kind: 'failed', status: row.status };
    case 'cut':
      return { kind: 'cut', status: null };
    case 'client-left':
      return { kind: 'left', status: 499 };
    case 'interrupted':
      return { kind: 'off', status: null };
  }
}

/** An attempt that cooled something is an hourglass, any other failure an octagon. */
export function attemptState(attempt: AttemptRecord): StateKind {
  if (attempt.result === 'ok') return 'ok';
  if (attempt.result === 'client_left') return 'left';
  if (attempt.result === 'stopped') return 'off';
  return attempt.cooldown === null ? 'failed' : 'cooling';
}

/**
 * The model that served, where that tells more than what was asked for: `openai/gpt-5` asked and `gpt-5` of
 * openai served are the same thing.
 */
export function servedElsewhere(
  row: Pick<RequestSummary, 'modelAsked' | 'modelServed' | 'provider'>,
): string | null {
  const { modelAsked, modelServed, provider } = row;
  if (modelServed === null || modelServed === modelAsked) return null;
  return `${provider ?? ''}/${modelServed}` === modelAsked ? null : modelServed;
}

/** How long a request took or has taken so far, ms. @param now Unix ms */
export function elapsed(
  row: Pick<RequestSummary, 'doneAt' | 'startedAt' | 'outcome'>,
  now: number,
): number | null {
  if (row.doneAt !== null) return row.doneAt;
  return row.outcome === 'live' ? Math.max(0, now - row.startedAt) : null;
}

/** Tokens a second while the answer streamed; null where that cannot be told. */
export function speed(
  row: Pick<RequestSummary, 'tokens' | 'firstContentAt' | 'doneAt' | 'streamed'>,
): number | null {
  if (!row.streamed || row.tokens === null || row.firstContentAt === null || row.doneAt === null) return null;
  const seconds = (row.doneAt - row.firstContentAt) / 1_000;
  return seconds <= 0 || row.tokens.output === 0 ? null : row.tokens.output / seconds;
}

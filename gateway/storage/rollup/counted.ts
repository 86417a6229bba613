/** A finished request as statistics see it, from a row in memory or from the columns of a stored one. Pure. */
import type { Outcome, RequestRow, RequestSummary } from '../../../contract/log/row.ts';
import { tokensFrom } from '../columns.ts';
import type { Names } from './answer.ts';
import { sumsOf, type Sums } from './sums.ts';

export interface CountedRequest {
  /** Unix ms. */
  readonly at: number;
  readonly names: Names;
  readonly sums: Sums;
}

/** What statistics are made of. */
export type Countable = Pick<
  RequestSummary,
  | 'startedAt'
  | 'outcome'
  | 'errorCode'
  | 'client'
  | 'app'
  | 'modelServed'
  | 'provider'
  | 'keyId'
  | 'streamed'
  | 'attemptCount'
  | 'firstContentAt'
  | 'doneAt'
  | 'tokens'
  | 'tokensEstimated'
  | 'cost'
> & {
  /** Answered from the cache of answers. */
  readonly cached: boolean;
};

/** Null while it runs. Ids of keys are only unique within their provider. */
export function countedRequest(row: Countable): CountedRequest | null {
  if (row.outcome === 'live') return null;
  const { provider, keyId } = row;
  return {
    at: row.startedAt,
    names: {
      model: row.modelServed ?? '',
      provider: provider ?? '',
      key: keyId === null ? '' : `${provider ?? ''}/${keyId}`,
      client: row.client ?? '',
      app: row.app ?? '',
    },
    sums: sumsOf(row),
  };
}

/** Null for a row that came in from a file, too: it was counted where it ran, and maybe here before. */
export const countedRow = (row: RequestRow): CountedRequest | null =>
  row.imported === true ? null : countedRequest({ ...row, cached: row.cache === 'hit' });

/** The columns of `requests` that statistics read: a list of its own, because a migration uses it, too. */
export const COUNTED_COLUMNS = `sequence, started_at, outcome, error_code, client, app, model_served, provider,
  key_id, streamed, attempt_count, first_content_at, done_at, tokens_input, tokens_cache_read, tokens_cache_write,
  tokens_output, tokens_reasoning, tokens_estimated, cost, cached`;

/** What SQLite answers for `COUNTED_COLUMNS`. */
export interface StoredCounted {
  readonly sequence: number;
  readonly started_at: number;
  readonly outcome: Outcome;
  readonly error_code: string | null;
  readonly client: string | null;
  readonly app: string | null;
  readonly model_served: string | null;
  readonly provider: string | null;
  readonly key_id: string | null;
  readonly streamed: number;
  readonly attempt_count: number;
  readonly first_content_at: number | null;
  readonly done_at: number | null;
  readonly tokens_input: number | null;
  readonly tokens_cache_read: number | null;
  readonly tokens_cache_write: number | null;
  readonly tokens_output: number | null;
  readonly tokens_reasoning: number | null;
  readonly tokens_estimated: number;
  readonly cost: number | null;
  readonly cached: number;
}

export function countedStored(stored: StoredCounted): CountedRequest | null {
  return countedRequest({
    startedAt: stored.started_at,
    outcome: stored.outcome,
    errorCode: stored.error_code,
    client: stored.client,
    app: stored.app,
    modelServed: stored.model_served,
    provider: stored.provider,
    keyId: stored.key_id,
    streamed: stored.streamed === 1,
    attemptCount: stored.attempt_count,
    firstContentAt: stored.first_content_at,
    doneAt: stored.done_at,
    tokens: tokensFrom(stored),
    tokensEstimated: stored.tokens_estimated === 1,
    cost: stored.cost,
    cached: stored.cached === 1,
  });
}

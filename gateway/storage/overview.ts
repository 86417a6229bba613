/** Figures since a moment, put together from sums of whichever store. Pure. */
import type { OverviewBucket, RequestOverview, RequestSummary, TokenCounts } from '../../contract/log/row.ts';

/** How many models, programs and failures are told. */
export const OVERVIEW_LENGTH = 10;

/** What an overview is asked for. */
export interface OverviewQuery {
  /** Unix ms; earlier rows do not count. */
  readonly since: number;
  /** Length of one bucket, ms. */
  readonly bucket: number;
}

/** Sums over the requests of one bucket of time. */
export interface BucketSums {
  /** Unix ms of its beginning. */
  readonly at: number;
  readonly requests: number;
  readonly finished: number;
  readonly succeeded: number;
  readonly retried: number;
  readonly tokens: TokenCounts;
}

/** Sums over the requests of one model, provider and program. */
export interface NameSums {
  readonly model: string | null;
  readonly provider: string | null;
  readonly app: string | null;
  readonly requests: number;
  readonly failed: number;
  readonly tokens: number;
}

export type Percentiles = RequestOverview['duration'];

export const NO_TOKENS: TokenCounts = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 };

export function overviewOf(parts: {
  readonly since: number;
  readonly buckets: readonly BucketSums[];
  readonly names: readonly NameSums[];
  readonly duration: Percentiles;
  readonly firstContent: Percentiles;
  readonly failures: readonly RequestSummary[];
}): RequestOverview {
  const { since, buckets, names, duration, firstContent, failures } = parts;
  const sum = (of: (bucket: BucketSums) => number): number =>
    buckets.reduce((total, bucket) => total + of(bucket), 0);
  return {
    since,
    requests: sum(({ requests }) => requests),
    finished: sum(({ finished }) => finished),
    succeeded: sum(({ succeeded }) => succeeded),
    retried: sum(({ retried }) => retried),
    tokens: buckets.reduce((total, { tokens }) => addTokens(total, tokens), NO_TOKENS),
    duration,
    firstContent,
    buckets: buckets.map(({ at, requests, finished, succeeded, tokens }): OverviewBucket => ({
      at,
      requests,
      failed: finished - succeeded,
      inputTokens: tokens.input,
      outputTokens: tokens.output,
    })),
    models: topModels(names),
    apps: topApps(names),
    failures,
  };
}

export function addTokens(left: TokenCounts, right: TokenCounts): TokenCounts {
  return {
    input: left.input + right.input,
    cacheRead: left.cacheRead + right.cacheRead,
    cacheWrite: left.cacheWrite + right.cacheWrite,
    output: left.output + right.output,
    reasoning: left.reasoning + right.reasoning,
  };
}

function topModels(names: readonly NameSums[]): RequestOverview['models'] {
  const sums = new Map<string, RequestOverview['models'][number]>();
  for (const { model, provider, requests, failed, tokens } of names) {
    if (model === null) continue;
    const key = `${provider ?? ''}/${model}`;
    const known = sums.get(key) ?? { model, provider, requests: 0, failed: 0, tokens: 0 };
    sums.set(key, {
      ...known,
      requests: known.requests + requests,
      failed: known.failed + failed,
      tokens: known.tokens + tokens,
    });
  }
  return mostUsed(sums);
}

function topApps(names: readonly NameSums[]): RequestOverview['apps'] {
  const sums = new Map<string, RequestOverview['apps'][number]>();
  for (const { app, requests, failed } of names) {
    if (app === null) continue;
    const known = sums.get(app) ?? { app, requests: 0, failed: 0 };
    sums.set(app, { app, requests: known.requests + requests, failed: known.failed + failed });
  }
  return mostUsed(sums);
}

/** Most requests first; equal ones by name, so that the order does not change from one look to the next. */
function mostUsed<T extends { readonly requests: number }>(sums: ReadonlyMap<string, T>): readonly T[] {
  return [...sums]
    .sort(([nameA, a], [nameB, b]) => b.requests - a.requests || (nameA < nameB ? -1 : 1))
    .slice(0, OVERVIEW_LENGTH)
    .map(([, sum]) => sum);
}

/** What the requests of one stretch of time sum up to. Pure. */
import type { Figures } from '../../../contract/log/statistics.ts';
import { addCounts, percentilesOf, stretchOf } from '../../core/duration-counts.ts';
import type { Countable } from './counted.ts';

/** Counters that add up, by column of `statistics`. */
export const COUNTERS = [
  'requests',
  'succeeded',
  'retried',
  'cached',
  'tokens_input',
  'tokens_cache_read',
  'tokens_cache_write',
  'tokens_output',
  'tokens_reasoning',
  'cost',
  'unpriced',
  'estimated',
] as const;

type Counter = (typeof COUNTERS)[number];

export interface Sums {
  readonly counters: Record<Counter, number>;
  readonly errors: Map<string, number>;
  readonly durations: Map<number, number>;
  readonly firstContents: Map<number, number>;
}

export function noSums(): Sums {
  return {
    counters: {
      requests: 0,
      succeeded: 0,
      retried: 0,
      cached: 0,
      tokens_input: 0,
      tokens_cache_read: 0,
      tokens_cache_write: 0,
      tokens_output: 0,
      tokens_reasoning: 0,
      cost: 0,
      unpriced: 0,
      estimated: 0,
    },
    errors: new Map(),
    durations: new Map(),
    firstContents: new Map(),
  };
}

/** What one finished request adds. */
export function sumsOf(row: Countable): Sums {
  const sums = noSums();
  const { counters } = sums;
  const succeeded = row.outcome === 'ok';
  counters.requests = 1;
  counters.succeeded = Number(succeeded);
  counters.retried = Number(row.attemptCount > 1);
  counters.cached = Number(row.cached);
  counters.tokens_input = row.tokens?.input ?? 0;
  counters.tokens_cache_read = row.tokens?.cacheRead ?? 0;
  counters.tokens_cache_write = row.tokens?.cacheWrite ?? 0;
  counters.tokens_output = row.tokens?.output ?? 0;
  counters.tokens_reasoning = row.tokens?.reasoning ?? 0;
  counters.cost = row.cost ?? 0;
  counters.unpriced = Number(row.tokens !== null && row.cost === null);
  counters.estimated = Number(row.tokensEstimated);
  if (!succeeded) sums.errors.set(row.outcome === 'error' ? (row.errorCode ?? 'error') : row.outcome, 1);
  if (succeeded && row.doneAt !== null) sums.durations.set(stretchOf(row.doneAt), 1);
  if (row.streamed && row.firstContentAt !== null) sums.firstContents.set(stretchOf(row.firstContentAt), 1);
  return sums;
}

/** @param sign -1 takes away what was added before */
export function addSums(into: Sums, more: Sums, sign: 1 | -1 = 1): void {
  for (const counter of COUNTERS) into.counters[counter] += sign * more.counters[counter];
  for (const [error, count] of more.errors) {
    const sum = (into.errors.get(error) ?? 0) + sign * count;
    if (sum !== 0) into.errors.set(error, sum);
    else into.errors.delete(error);
  }
  addCounts(into.durations, more.durations, sign);
  addCounts(into.firstContents, more.firstContents, sign);
}

export function figuresOf({ counters, errors, durations, firstContents }: Sums): Figures {
  return {
    requests: counters.requests,
    succeeded: counters.succeeded,
    errors: Object.fromEntries([...errors].sort(([, left], [, right]) => right - left)),
    retried: counters.retried,
    cached: counters.cached,
    tokens: {
      input: counters.tokens_input,
      cacheRead: counters.tokens_cache_read,
      cacheWrite: counters.tokens_cache_write,
      output: counters.tokens_output,
      reasoning: counters.tokens_reasoning,
    },
    cost: counters.cost,
    unpriced: counters.unpriced,
    estimated: counters.estimated,
    duration: percentiles(durations),
    firstContent: percentiles(firstContents),
  };
}

function percentiles(counts: ReadonlyMap<number, number>): Figures['duration'] {
  const found = percentilesOf(counts, [0.5, 0.95, 0.99]);
  if (found === null) return null;
  const [p50 = 0, p95 = 0, p99 = 0] = found;
  return { p50, p95, p99 };
}

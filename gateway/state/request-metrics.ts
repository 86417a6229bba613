/** Counts of requests since the start, for `/metrics`. In memory and bounded, whatever names clients send. */
import type { RequestRow } from '../../contract/log/row.ts';
import type { Family, Labels, Sample } from '../core/exposition.ts';
import { dollarsOf } from '../core/money.ts';

export interface RequestMetrics {
  /** A request ended. */
  ended(row: RequestRow): void;
  /** Its tokens or its cost became known after it had ended. @param before the row as it was counted last */
  corrected(row: RequestRow, before: RequestRow): void;
  families(): readonly Family[];
}

/** Different pairs of model and provider that are told apart; the rest is counted as `other`. */
const MOST_PAIRS = 500;

/** Upper ends, seconds. */
const ENDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];

interface Histogram {
  /** Of each end, then of what is beyond; not yet summed up. */
  readonly counts: number[];
  sum: number;
}

interface PairCounts {
  readonly labels: { readonly model: string; readonly provider: string };
  readonly byStatus: Map<string, number>;
  readonly duration: Histogram;
  readonly firstContent: Histogram;
  readonly tokens: {
    input: number;
    cache_read: number;
    cache_write: number;
    output: number;
    reasoning: number;
  };
  /** Pico-dollars; whole numbers stay exact up to 9,007 dollars and nearly so beyond. */
  cost: number;
}

const TOKEN_KINDS = ['input', 'cache_read', 'cache_write', 'output', 'reasoning'] as const;

export function createRequestMetrics(): RequestMetrics {
  const pairs = new Map<string, PairCounts>();
  /** Attempts that failed, by provider and what went wrong. */
  const failed = new Map<string, { readonly labels: Labels; count: number }>();

  function pairOf(row: RequestRow): PairCounts {
    const model = row.modelServed ?? '';
    const provider = row.provider ?? '';
    const key = `${provider}\n${model}`;
    const known = pairs.get(key);
    if (known !== undefined) return known;
    if (pairs.size >= MOST_PAIRS) return named('other', 'other', 'other');
    return named(key, model, provider);
  }

  function named(key: string, model: string, provider: string): PairCounts {
    const counts = pairs.get(key) ?? {
      labels: { model, provider },
      byStatus: new Map<string, number>(),
      duration: emptyHistogram(),
      firstContent: emptyHistogram(),
      tokens: { input: 0, cache_read: 0, cache_write: 0, output: 0, reasoning: 0 },
      cost: 0,
    };
    pairs.set(key, counts);
    return counts;
  }

  function countTokens({ tokens, cost }: RequestRow, into: PairCounts, sign: 1 | -1): void {
    into.cost += sign * (cost ?? 0);
    if (tokens === null) return;
    into.tokens.input += sign * tokens.input;
    into.tokens.cache_read += sign * tokens.cacheRead;
    into.tokens.cache_write += sign * tokens.cacheWrite;
    into.tokens.output += sign * tokens.output;
    into.tokens.reasoning += sign * tokens.reasoning;
  }

  function countFailures(row: RequestRow): void {
    for (const { provider, result, action } of row.attempts) {
      if (action === 'done') continue;
      const key = `${provider}\n${result}`;
      const entry = failed.get(key) ?? { labels: { provider, reason: result }, count: 0 };
      entry.count += 1;
      failed.set(key, entry);
    }
  }

  return {
    ended(row) {
      const pair = pairOf(row);
      const status = String(row.status ?? 0);
      pair.byStatus.set(status, (pair.byStatus.get(status) ?? 0) + 1);
      if (row.doneAt !== null) observe(pair.duration, row.doneAt);
      if (row.streamed && row.firstContentAt !== null) observe(pair.firstContent, row.firstContentAt);
      countTokens(row, pair, 1);
      countFailures(row);
    },
    corrected(row, before) {
      countTokens(before, pairOf(before), -1);
      countTokens(row, pairOf(row), 1);
    },
    families() {
      const all = [...pairs.values()];
      const requests = all.flatMap(({ labels, byStatus }) =>
        [...byStatus].map(([status, value]) => ({ labels: { ...labels, status }, value })),
      );
      return [
        {
          name: 'switchyard_requests_total',
          help: 'Requests that ended, by the status the client got (499: it left).',
          type: 'counter',
          samples: requests,
        },
        {
          name: 'model_gateway_requests_total',
          help: 'Total number of requests.',
          type: 'counter',
          samples: byModel(requests),
        },
        {
          name: 'switchyard_request_duration_seconds',
          help: 'From the arrival of a request to the end of its answer.',
          type: 'histogram',
          samples: all.flatMap(({ labels, duration }) => histogramSamples(labels, duration)),
        },
        {
          name: 'switchyard_time_to_first_token_seconds',
          help: 'From the arrival of a streamed request to its first content.',
          type: 'histogram',
          samples: all.flatMap(({ labels, firstContent }) => histogramSamples(labels, firstContent)),
        },
        {
          name: 'switchyard_tokens_total',
          help: 'Tokens. cache_read and cache_write are parts of input, reasoning is a part of output.',
          type: 'counter',
          samples: all.flatMap(({ labels, tokens }) =>
            TOKEN_KINDS.map((kind) => ({ labels: { ...labels, kind }, value: tokens[kind] })),
          ),
        },
        {
          name: 'switchyard_cost_dollars_total',
          help: 'US dollars of the requests whose price is known.',
          type: 'counter',
          samples: all.map(({ labels, cost }) => ({ labels, value: dollarsOf(BigInt(Math.round(cost))) })),
        },
        {
          name: 'switchyard_failed_attempts_total',
          help: 'Calls to providers that failed, whatever became of the request.',
          type: 'counter',
          samples: [...failed.values()].map(({ labels, count }) => ({ labels, value: count })),
        },
      ];
    },
  };
}

/** The name of document 004 knows no providers: one line for each model and status. */
function byModel(
  requests: readonly { readonly labels: Labels; readonly value: number }[],
): readonly Sample[] {
  const sums = new Map<string, { readonly labels: Labels; value: number }>();
  for (const { labels, value } of requests) {
    const { model = '', status = '' } = labels;
    const entry = sums.get(`${status}\n${model}`) ?? { labels: { model, status }, value: 0 };
    entry.value += value;
    sums.set(`${status}\n${model}`, entry);
  }
  return [...sums.values()];
}

const emptyHistogram = (): Histogram => ({
  counts: Array.from({ length: ENDS.length + 1 }, () => 0),
  sum: 0,
});

function observe(histogram: Histogram, milliseconds: number): void {
  const seconds = milliseconds / 1_000;
  const found = ENDS.findIndex((end) => seconds <= end);
  const place = found === -1 ? ENDS.length : found;
  histogram.counts[place] = (histogram.counts[place] ?? 0) + 1;
  histogram.sum += seconds;
}

function histogramSamples(labels: Labels, { counts, sum }: Histogram): readonly Sample[] {
  let below = 0;
  const buckets = counts.map((count, place) => {
    below += count;
    return { suffix: '_bucket', labels: { ...labels, le: String(ENDS[place] ?? '+Inf') }, value: below };
  });
  if (below === 0) return [];
  return [...buckets, { suffix: '_sum', labels, value: sum }, { suffix: '_count', labels, value: below }];
}

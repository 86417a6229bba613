/**
 * Figures over any range of time. They are kept rolled up by the hour, so a year stays quick and outlives the rows
 * it was made from. Money is in whole pico-dollars (10^-12 US dollars), times in ms.
 */
import * as z from 'zod/mini';
import { DIMENSIONS } from '../rpc/log-fields.ts';
import type { TokenCounts } from './row.ts';

export type Dimension = (typeof DIMENSIONS)[number];

const names = z.optional(z.array(z.string().check(z.maxLength(200))).check(z.maxLength(100)));

export const statisticsQuerySchema = z.strictObject({
  /** Unix ms, counted in. */
  from: z.int().check(z.nonnegative()),
  /** Unix ms, not counted in; now when left out. */
  until: z.optional(z.int().check(z.nonnegative())),
  /** ms of one bucket; left out: what fits the range (minutes for an hour, hours for days, days for months). */
  bucket: z.optional(z.int().check(z.minimum(60_000))),
  /** Also by the names of one dimension, those with the most requests first. */
  by: z.optional(z.enum(DIMENSIONS)),
  /** How many names; the rest is summed up as `others`. */
  most: z._default(z.int().check(z.minimum(1), z.maximum(250)), 10),
  /** Only these names; an empty text stands for requests without one. */
  only: z.optional(z.strictObject({ model: names, provider: names, key: names, client: names, app: names })),
  /** Also the figures of the range of equal length right before. */
  compare: z._default(z.boolean(), false),
});
export type StatisticsQuery = z.output<typeof statisticsQuerySchema>;

export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export interface Figures {
  /** Requests that have ended. */
  readonly requests: number;
  readonly succeeded: number;
  /** Requests by what went wrong: stable error code, `cut`, `client-left`, `interrupted`. */
  readonly errors: Readonly<Record<string, number>>;
  /** Requests that needed more than one attempt. */
  readonly retried: number;
  /** Requests answered from the cache of answers. */
  readonly cached: number;
  readonly tokens: TokenCounts;
  /** Pico-dollars of the requests whose price is known. */
  readonly cost: number;
  /** Requests with tokens of which no price is known. */
  readonly unpriced: number;
  /** Requests whose tokens, and so their cost, were estimated. */
  readonly estimated: number;
  /** ms until the end of requests that succeeded, within 5 %; null without any. */
  readonly duration: Percentiles | null;
  /** ms until the first content of streams, within 5 %; null without any. */
  readonly firstContent: Percentiles | null;
}

export interface StatisticsBucket extends Figures {
  /** Unix ms of its beginning. */
  readonly at: number;
}

export interface StatisticsGroup extends Figures {
  /** Empty for requests without such a name; null for all names beyond `most`. */
  readonly name: string | null;
  /** Of each bucket of the whole, in the same order. */
  readonly series: {
    readonly requests: readonly number[];
    readonly failed: readonly number[];
    readonly tokens: readonly number[];
    readonly cost: readonly number[];
  };
}

export interface Statistics {
  readonly from: number;
  readonly until: number;
  /** ms; buckets of days begin at local midnight. */
  readonly bucket: number;
  readonly total: Figures;
  /** Of the range right before; null where it was not asked for. */
  readonly before: Figures | null;
  /** Every bucket of the range, in time order, empty ones too. */
  readonly buckets: readonly StatisticsBucket[];
  readonly groups: readonly StatisticsGroup[];
}

/**
 * How many rows of a filtered list fell into each stretch of time. Of a search for common words only the newest part
 * of the log is looked through: `from` says how far back.
 */
export interface Histogram {
  readonly from: number;
  readonly until: number;
  /** ms. */
  readonly bucket: number;
  /** In time order; those without a request are left out. */
  readonly counts: readonly { readonly at: number; readonly requests: number; readonly failed: number }[];
  /** False where the counts are carried over from samples of each stretch. */
  readonly exact: boolean;
}

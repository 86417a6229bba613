/** Sums of stretches of time as the answer to a question about statistics. Pure. */
import type {
  Dimension,
  Statistics,
  StatisticsGroup,
  StatisticsQuery,
} from '../../../contract/log/statistics.ts';
import { LogQuestionError } from '../../core/log-question.ts';
import { say } from '../../core/sayings.ts';
import { bucketsOf, fittingBucket, levelFor, type Level } from './levels.ts';
import { addSums, figuresOf, noSums, type Sums } from './sums.ts';

/** What tells sums of one stretch apart; empty where a request has no such name. */
export type Names = Readonly<Record<Dimension, string>>;

/** The sums of the requests of one name in one minute, hour or day; there may be several of them. */
export interface Stretch {
  /** Unix ms of its beginning. */
  readonly at: number;
  /** Of the dimension that was asked for; empty where none was. */
  readonly name: string;
  readonly sums: Sums;
}

/** What has to be read for an answer. */
export interface StatisticsPlan {
  readonly level: Level;
  readonly bucket: number;
  readonly beginnings: readonly number[];
  /** Unix ms; the range begins where its first bucket does. */
  readonly from: number;
  readonly until: number;
  /** Beginning of the range right before; null where it was not asked for. */
  readonly before: number | null;
}

/** More buckets than this are no chart any more. */
const MOST_BUCKETS = 1_500;

/** @param now Unix ms @throws LogQuestionError */
export function planOf(query: StatisticsQuery, now: number): StatisticsPlan {
  const until = query.until ?? now;
  if (until <= query.from) {
    throw new LogQuestionError(
      'until',
      say('range-reversed', {}, undefined, 'until must be later than from; both are Unix milliseconds.'),
    );
  }
  const bucket = query.bucket ?? fittingBucket(until - query.from);
  if (bucket % 60_000 !== 0) {
    throw new LogQuestionError(
      'bucket',
      say('bucket-minutes', {}, undefined, 'bucket must be whole minutes in milliseconds, e.g. 3600000.'),
    );
  }
  if ((until - query.from) / bucket > MOST_BUCKETS) {
    throw new LogQuestionError(
      'bucket',
      say(
        'bucket-short',
        { most: MOST_BUCKETS },
        undefined,
        `These buckets are too short: the range would have more than ${MOST_BUCKETS} of them. Leave bucket out to get fitting ones.`,
      ),
    );
  }
  const beginnings = bucketsOf(query.from, until, bucket);
  const from = beginnings[0] ?? query.from;
  const before = query.compare ? from - (until - from) : null;
  return { level: levelFor(bucket), bucket, beginnings, from, until, before };
}

/** Sums of a whole range and, where there are any, of its buckets by their place. */
interface Split {
  readonly whole: Sums;
  readonly buckets: Map<number, Sums>;
}

/** @param stretches of the plan's level, from `before` or else `from` on until `until`, in any order */
export function answerOf(
  plan: StatisticsPlan,
  { by, most }: StatisticsQuery,
  stretches: Iterable<Stretch>,
): Statistics {
  const before = noSums();
  const groups = new Map<string, Split>();
  // Each stretch is added once, and the rest is made of the buckets: there are far fewer of them.
  for (const { at, name, sums } of stretches) {
    if (at < plan.from) {
      addSums(before, sums);
      continue;
    }
    const group = groups.get(name) ?? emptySplit();
    groups.set(name, group);
    addToBucket(group, bucketOf(at, plan.beginnings), sums);
  }
  const total = emptySplit();
  for (const group of groups.values()) {
    for (const sums of group.buckets.values()) addSums(group.whole, sums);
    addSplit(total, group);
  }
  return {
    from: plan.from,
    until: plan.until,
    bucket: plan.bucket,
    total: figuresOf(total.whole),
    before: plan.before === null ? null : figuresOf(before),
    buckets: plan.beginnings.map((at, index) => ({ at, ...figuresOf(total.buckets.get(index) ?? NOTHING) })),
    groups: by === undefined ? [] : mostUsed(groups, most, plan),
  };
}

const NOTHING = noSums();
const emptySplit = (): Split => ({ whole: noSums(), buckets: new Map() });

function addSplit(into: Split, { whole, buckets }: Split): void {
  addSums(into.whole, whole);
  for (const [place, sums] of buckets) addToBucket(into, place, sums);
}

function addToBucket({ buckets }: Split, place: number, sums: Sums): void {
  const bucket = buckets.get(place) ?? noSums();
  buckets.set(place, bucket);
  addSums(bucket, sums);
}

/** Place of the last beginning that is not after a time; by halves, since buckets of days differ in length. */
function bucketOf(at: number, beginnings: readonly number[]): number {
  let low = 0;
  let high = beginnings.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((beginnings[middle] ?? Infinity) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

function mostUsed(
  groups: ReadonlyMap<string, Split>,
  most: number,
  plan: StatisticsPlan,
): readonly StatisticsGroup[] {
  const sorted = [...groups].sort(
    ([nameA, a], [nameB, b]) =>
      b.whole.counters.requests - a.whole.counters.requests || (nameA < nameB ? -1 : 1),
  );
  const shown = sorted.slice(0, most).map(([name, split]) => groupOf(name, split, plan));
  if (sorted.length <= most) return shown;
  const others = emptySplit();
  for (const [, group] of sorted.slice(most)) addSplit(others, group);
  return [...shown, groupOf(null, others, plan)];
}

function groupOf(
  name: string | null,
  { whole, buckets }: Split,
  { beginnings }: StatisticsPlan,
): StatisticsGroup {
  const series = (value: (sums: Sums) => number): readonly number[] =>
    beginnings.map((_at, place) => value(buckets.get(place) ?? NOTHING));
  return {
    name,
    ...figuresOf(whole),
    series: {
      requests: series(({ counters }) => counters.requests),
      failed: series(({ counters }) => counters.requests - counters.succeeded),
      tokens: series(({ counters }) => counters.tokens_input + counters.tokens_output),
      cost: series(({ counters }) => counters.cost),
    },
  };
}

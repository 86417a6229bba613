/** Figures of the chosen filter: read again while requests come, never faster than they can be read. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { RequestSummary } from '../../../contract/log/row.ts';
import type { Dimension, Statistics, StatisticsGroup } from '../../../contract/log/statistics.ts';
import { useAnswers } from '../../shared/composables/useAnswers.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';
import { failuresOf, NO_FILTER, onlyOf, type OverviewFilter } from './filter.ts';
import { rangeOf, type TimeRange } from './ranges.ts';
import { createPace } from './reading-pace.ts';

/** After a request was told, ms: by then it is in the figures. */
const SETTLING = 400;
/** Time goes on without requests, too: days begin, hours pass. ms */
const PASSING = 60_000;
/** Names of one dimension; the rest is summed up. */
const NAMES = 10;
/** Last failures that are told. */
const FAILURES = 5;

/** Dimensions with a list of their own. */
export const LISTED = ['model', 'app', 'client'] as const satisfies readonly Dimension[];
export type Listed = (typeof LISTED)[number];

export interface Figures {
  readonly filter: OverviewFilter;
  readonly range: TimeRange;
  /** Split by `filter.by`. */
  readonly main: Statistics;
  /** Of the same stretch right before; null where it was not asked for. */
  readonly before: Statistics | null;
  readonly lists: Readonly<Record<Listed, readonly StatisticsGroup[]>>;
  /** Newest first. */
  readonly failures: readonly RequestSummary[];
}

export const useOverview = defineStore('overview', () => {
  const rpc = useRpc();
  const filter = shallowRef<OverviewFilter>(NO_FILTER);
  /** Null until the first answer. What is shown stays until the next answer is there. */
  const figures = shallowRef<Figures | null>(null);
  useAnswers().held(() => {
    figures.value = null;
  });
  const failure = shallowRef<unknown>(null);

  let turn = 0;
  /** A reading is under way, or was so short a time ago that the next one waits. */
  let busy = false;
  let wanted = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let followers = 0;
  const pauseAfter = createPace();

  async function readFigures(asked: OverviewFilter): Promise<Figures> {
    const range = rangeOf(asked, Date.now());
    const { from, until, bucket, before } = range;
    const only = onlyOf(asked);
    const of = (by: Dimension) => rpc.call('statistics.read', { from, until, bucket, only, by, most: NAMES });
    const listed = async (by: Listed): Promise<readonly StatisticsGroup[] | null> =>
      by === asked.by ? null : (await of(by)).groups;
    const [main, earlier, model, app, client, failures] = await Promise.all([
      of(asked.by),
      asked.compare ? rpc.call('statistics.read', { ...before, bucket, only }) : null,
      listed('model'),
      listed('app'),
      listed('client'),
      rpc.call('requests.list', { limit: FAILURES, filter: { where: failuresOf(asked, range) } }),
    ]);
    const { groups } = main;
    const lists = { model: model ?? groups, app: app ?? groups, client: client ?? groups };
    return { filter: asked, range, main, before: earlier, lists, failures: failures.rows };
  }

  async function read(): Promise<void> {
    turn += 1;
    const mine = turn;
    clearTimeout(timer);
    busy = true;
    wanted = false;
    const began = performance.now();
    try {
      const answer = await readFigures(filter.value);
      if (mine !== turn) return;
      figures.value = answer;
      failure.value = null;
    } catch (error) {
      if (mine !== turn) return;
      failure.value = error;
    }
    timer = setTimeout(rested, pauseAfter(performance.now() - began));
  }

  function rested(): void {
    busy = false;
    if (wanted) soon();
  }

  /** Reads in a moment, or as soon as the last reading is far enough away and somebody looks. */
  function soon(): void {
    wanted = true;
    if (busy || followers === 0 || document.visibilityState === 'hidden') return;
    busy = true;
    timer = setTimeout(() => void read(), SETTLING);
  }

  return {
    filter,
    figures,
    failure,
    read,
    setFilter(next: OverviewFilter): void {
      if (JSON.stringify(next) === JSON.stringify(filter.value)) return;
      filter.value = next;
      if (followers > 0) void read();
    },
    /** @returns how to stop following */
    follow(): () => void {
      followers += 1;
      const stop = rpc.subscribe(['requests.changed', 'requests.cleared'], (event) => {
        if (event.topic === 'requests.changed') soon();
        else void read();
      });
      const passing = setInterval(soon, PASSING);
      const seen = (): void => {
        if (wanted) soon();
      };
      document.addEventListener('visibilitychange', seen);
      void read();
      return () => {
        followers -= 1;
        stop();
        clearInterval(passing);
        document.removeEventListener('visibilitychange', seen);
      };
    },
  };
});

/** Figures of the chosen stretch of time: read again while requests come, never faster than they can be read. */
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { RequestOverview } from '../../../contract/log/row.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';
import { rangeOf, type RangeName, type TimeRange } from './ranges.ts';

/** Shortest time between two readings, ms. */
const PAUSE = 1_000;
/** A reading takes at most this share of the time: figures over many rows are read less often. */
const SHARE = 1 / 20;
/** How often it is looked whether a new day has begun, ms. */
const DAY_WATCH = 30_000;

export interface Figures extends RequestOverview {
  readonly range: TimeRange;
  readonly name: RangeName;
}

export const useOverview = defineStore('overview', () => {
  const rpc = useRpc();
  const name = ref<RangeName>('today');
  /** Null until the first answer. What is shown stays until the next answer is there. */
  const figures = shallowRef<Figures | null>(null);
  const failure = shallowRef<unknown>(null);

  let turn = 0;
  /** A reading is under way, or was so short a time ago that the next one waits. */
  let busy = false;
  let wanted = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let followers = 0;

  async function read(): Promise<void> {
    turn += 1;
    const mine = turn;
    clearTimeout(timer);
    busy = true;
    wanted = false;
    const asked = name.value;
    const range = rangeOf(asked, Date.now());
    const began = performance.now();
    try {
      const { since, bucket } = range;
      const overview = await rpc.call('requests.overview', { since, bucket });
      if (mine !== turn) return;
      figures.value = { ...overview, range, name: asked };
      failure.value = null;
    } catch (error) {
      if (mine !== turn) return;
      failure.value = error;
    }
    timer = setTimeout(rested, Math.max(PAUSE, (performance.now() - began) / SHARE));
  }

  function rested(): void {
    busy = false;
    if (wanted && followers > 0) void read();
  }

  /** Reads now, or as soon as the last reading is far enough away. */
  function soon(): void {
    if (busy) wanted = true;
    else void read();
  }

  return {
    name,
    figures,
    failure,
    read,
    choose(next: RangeName): void {
      if (next === name.value) return;
      name.value = next;
      void read();
    },
    /** @returns how to stop following */
    follow(): () => void {
      followers += 1;
      const stop = rpc.subscribe(['requests.changed', 'requests.cleared'], (event) => {
        if (event.topic === 'requests.changed') soon();
        else void read();
      });
      const days = setInterval(() => {
        const { range } = figures.value ?? {};
        if (range !== undefined && rangeOf(name.value, Date.now()).since !== range.since) void read();
      }, DAY_WATCH);
      void read();
      return () => {
        followers -= 1;
        stop();
        clearInterval(days);
      };
    },
  };
});

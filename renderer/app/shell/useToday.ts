/**
 * What today has cost, how busy the last minutes were, and which providers answer nothing any more: asked for while
 * somebody looks and something happens.
 */
import { useDocumentVisibility, useIntervalFn } from '@vueuse/core';
import { onScopeDispose, shallowRef, watch, type Ref } from 'vue';
import { failsLately, trafficByProvider } from '../../features/providers/index.ts';
import { useProviderStates } from '../../shared/composables/useProviderStates.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';
import { dollarsOf } from '../../shared/utils/money.ts';

/** Shortest time between two readings, ms. */
const PAUSE = 5_000;
/** The line moves on by itself this often, ms. */
const MINUTE = 60_000;
const HOUR = 3_600_000;
/** Providers of which is known whether they fail. */
const PROVIDERS = 100;
/** Minutes of the line. */
const MINUTES = 20;

export interface Today {
  /** US dollars of the requests whose price is known. */
  readonly cost: number;
  /** Requests whose price is not known: it cost at least `cost`. */
  readonly unpriced: number;
  readonly requests: number;
  /** Requests that ended in each of the last minutes, the oldest first. */
  readonly minutes: readonly number[];
}

/** @returns null until the first answer; what was known stays while none comes */
export function useToday(): Readonly<Ref<Today | null>> {
  const rpc = useRpc();
  const states = useProviderStates();
  const today = shallowRef<Today | null>(null);
  const visibility = useDocumentVisibility();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let missed = true;

  async function read(): Promise<void> {
    missed = false;
    const now = Date.now();
    const from = (Math.floor(now / MINUTE) - MINUTES + 1) * MINUTE;
    try {
      const [day, minutes] = await Promise.all([
        rpc.call('statistics.read', {
          from: new Date(now).setHours(0, 0, 0, 0),
          bucket: HOUR,
          by: 'provider',
          most: PROVIDERS,
        }),
        rpc.call('statistics.read', { from, bucket: MINUTE, most: 1 }),
      ]);
      today.value = {
        cost: dollarsOf(day.total.cost),
        unpriced: day.total.unpriced,
        requests: day.total.requests,
        minutes: minutes.buckets.map(({ requests }) => requests),
      };
      states.tellFailing(
        [...trafficByProvider(day)].flatMap(([id, traffic]) => (failsLately(traffic) ? [id] : [])),
      );
    } catch {
      // The bar says elsewhere that nobody answers; the next event tries again.
      missed = true;
    }
  }
  function soon(): void {
    if (visibility.value === 'hidden') missed = true;
    else
      timer ??= setTimeout(() => {
        timer = undefined;
        void read();
      }, PAUSE);
  }

  const stop = rpc.subscribe(['requests.changed', 'requests.cleared'], (event) => {
    if (event.topic === 'requests.changed') soon();
    else void read();
  });
  watch(
    visibility,
    (state) => {
      if (state === 'visible' && missed) void read();
    },
    { immediate: true },
  );
  // While nothing comes the line still moves on, and at midnight a day begins.
  useIntervalFn(() => {
    const idle = today.value?.requests === 0 && today.value.minutes.every((count) => count === 0);
    if (!idle && visibility.value === 'visible') void read();
  }, MINUTE);
  onScopeDispose(() => {
    clearTimeout(timer);
    stop();
  });
  return today;
}

/** How the requests of the list spread over time, read again when the list changes. */
import { useThrottleFn } from '@vueuse/core';
import { onScopeDispose, shallowRef, watch, type Ref } from 'vue';
import type { Histogram } from '../../../contract/log/statistics.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';
import { parseQuery } from './query/parse.ts';

/** ms between two readings while requests come in. */
const AT_MOST_EVERY = 3_000;
const BUCKETS = 100;

/** @returns null until it is known, and while it cannot be read: the list tells why */
export function useHistogram(text: Readonly<Ref<string>>): Readonly<Ref<Histogram | null>> {
  const rpc = useRpc();
  const histogram = shallowRef<Histogram | null>(null);
  let turn = 0;

  async function read(): Promise<void> {
    turn += 1;
    const mine = turn;
    const { filter } = parseQuery(text.value, Date.now());
    try {
      const next = await rpc.call('requests.histogram', { filter, buckets: BUCKETS });
      if (mine === turn) histogram.value = next;
    } catch {
      if (mine === turn) histogram.value = null;
    }
  }
  const readSoon = useThrottleFn(read, AT_MOST_EVERY, true);
  watch(text, () => void read(), { immediate: true });
  onScopeDispose(rpc.subscribe(['requests.changed', 'requests.cleared'], () => void readSoon()));
  return histogram;
}

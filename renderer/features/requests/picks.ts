/** Requests that are picked, to do something with several at once. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';

/** Requests of one act, at most: what the gateway takes. */
export const MOST_PICKS = 10_000;

export const usePicks = defineStore('request-picks', () => {
  const ids = shallowRef<ReadonlySet<string>>(new Set());
  return {
    ids: computed(() => [...ids.value]),
    count: computed(() => ids.value.size),
    has: (id: string): boolean => ids.value.has(id),
    set(picked: readonly string[]): void {
      ids.value = new Set(picked.slice(0, MOST_PICKS));
    },
    toggle(id: string): void {
      const next = new Set(ids.value);
      if (!next.delete(id) && next.size < MOST_PICKS) next.add(id);
      ids.value = next;
    },
    clear(): void {
      if (ids.value.size > 0) ids.value = new Set();
    },
  };
});

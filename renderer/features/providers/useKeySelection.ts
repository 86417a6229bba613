/** Which keys are chosen for an act on several: one by one, a range with Shift, or all that are shown. */
import { computed, shallowRef, type ComputedRef } from 'vue';
import type { KeyView } from '../../../contract/rpc/procedures/providers.ts';

export interface KeySelection {
  /** In the order shown. What is not shown is not chosen: an act never reaches what nobody sees. */
  readonly chosen: ComputedRef<readonly KeyView[]>;
  readonly ids: ComputedRef<ReadonlySet<string>>;
  readonly choose: (id: string, range: boolean) => void;
  readonly chooseAll: (all: boolean) => void;
}

/** @param shown in order */
export function useKeySelection(shown: () => readonly KeyView[]): KeySelection {
  const picked = shallowRef<ReadonlySet<string>>(new Set());
  /** Where a range begins. */
  let anchor: string | null = null;
  const chosen = computed(() => shown().filter(({ id }) => picked.value.has(id)));
  const ids = computed(() => new Set(chosen.value.map(({ id }) => id)));

  return {
    chosen,
    ids,
    choose(id, range) {
      const order = shown().map((key) => key.id);
      const from = anchor === null ? -1 : order.indexOf(anchor);
      const to = order.indexOf(id);
      const next = new Set(ids.value);
      if (range && from >= 0) {
        for (const one of order.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(one);
      } else if (!next.delete(id)) next.add(id);
      anchor = id;
      picked.value = next;
    },
    chooseAll(all) {
      picked.value = new Set(all ? shown().map(({ id }) => id) : []);
    },
  };
}

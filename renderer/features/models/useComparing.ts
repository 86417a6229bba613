/** Whether models are compared, and which: in the address while they are, so that a link shows the same. */
import { computed, watch, type ComputedRef } from 'vue';
import { useRouter, type LocationQuery, type LocationQueryRaw } from 'vue-router';
import { useCompareTray } from './compare-tray.ts';
import type { ModelRow } from './rows.ts';

export interface Comparing {
  readonly comparing: ComputedRef<boolean>;
  /** Of those that are known, in the order in which they were picked. */
  readonly compared: ComputedRef<readonly ModelRow[]>;
  /** Ids that no provider has, or not any more. */
  readonly missing: ComputedRef<readonly string[]>;
  /** How many lie in the tray. */
  readonly picked: ComputedRef<number>;
  readonly show: () => void;
  readonly hide: () => void;
  readonly remove: (id: string) => void;
}

export function useComparing(
  query: ComputedRef<LocationQuery>,
  rows: ComputedRef<readonly ModelRow[]>,
): Comparing {
  const router = useRouter();
  const tray = useCompareTray();
  const asked = computed(() => [query.value['compare'] ?? []].flat().filter((id) => id !== null));
  const comparing = computed(() => asked.value.length > 0);

  watch(asked, (ids) => ids.length > 0 && tray.put(ids), { immediate: true });

  const known = computed(() => new Map(rows.value.map((row) => [row.id, row])));
  const compared = computed(() =>
    tray.ids.flatMap((id) => {
      const row = known.value.get(id);
      return row === undefined ? [] : [row];
    }),
  );

  /** The rest of the address is kept, so that the list comes back as it was. */
  const others = (): LocationQueryRaw => ({ ...query.value, compare: undefined });
  function hide(): void {
    void router.replace({ name: 'models', query: others() });
  }
  return {
    comparing,
    compared,
    missing: computed(() => tray.ids.filter((id) => !known.value.has(id))),
    picked: computed(() => tray.ids.length),
    show: () => void router.push({ name: 'models', query: { ...others(), compare: [...tray.ids] } }),
    hide,
    remove(id) {
      tray.toggle(id);
      if (tray.ids.length === 0) hide();
      else void router.replace({ name: 'models', query: { ...others(), compare: [...tray.ids] } });
    },
  };
}

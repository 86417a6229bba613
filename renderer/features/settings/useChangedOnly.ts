/** The filter for what is not as it came. A row that is reset meanwhile stays: nothing vanishes under the pointer. */
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import type { SettingItem } from './catalogue.ts';
import { useSettings } from './store.ts';

export interface ChangedOnly {
  readonly on: Ref<boolean>;
  /** How many of the settings have another value than they came with. */
  readonly count: ComputedRef<number>;
  readonly wanted: (item: SettingItem) => boolean;
}

export function useChangedOnly(): ChangedOnly {
  const store = useSettings();
  const on = ref(false);
  const changed = computed(
    () => new Set<string>(store.view?.settings.flatMap((one) => (one.changed ? [one.path] : []))),
  );
  const kept = shallowRef<ReadonlySet<string>>(new Set());
  watch([on, changed], () => {
    kept.value = on.value ? new Set([...kept.value, ...changed.value]) : new Set();
  });
  return {
    on,
    count: computed(() => changed.value.size),
    wanted: ({ id }) => changed.value.has(id) || kept.value.has(id),
  };
}

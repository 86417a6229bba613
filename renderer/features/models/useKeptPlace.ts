/** Who comes back to the page finds its filter and order as they were left; an address that says some wins. */
import { watch, type ComputedRef } from 'vue';
import { useRoute, useRouter, type LocationQuery } from 'vue-router';
import { useModels } from './store.ts';

export function useKeptPlace(query: ComputedRef<LocationQuery>): void {
  const route = useRoute();
  const router = useRouter();
  const store = useModels();

  const bare = Object.keys(query.value).length === 0 && (route.params['id'] ?? '') === '';
  if (bare && Object.keys(store.place).length > 0) {
    void router.replace({ name: 'models', query: store.place });
  }
  function remember({ compare: compared, ...place }: LocationQuery): void {
    // Pages that are being left still see the address change.
    if (route.name === 'models' && compared === undefined) store.place = place;
  }
  if (!bare) remember(query.value);
  watch(query, remember);
}

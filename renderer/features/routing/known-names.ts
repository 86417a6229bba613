/** Names to choose from in conditions: models, clients and programs that there are, or that asked before. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { useRpc } from '../../shared/rpc/rpc.ts';
import { useRouting } from './store.ts';

/** Names of the log that are taken over. */
const MOST = 100;

export const useKnownNames = defineStore('routing-names', () => {
  const rpc = useRpc();
  const routing = useRouting();
  const asked = shallowRef<readonly string[]>([]);
  const clients = shallowRef<readonly string[]>([]);
  const apps = shallowRef<readonly string[]>([]);

  async function read(): Promise<void> {
    if (routing.catalogue === null) void routing.readCatalogue();
    const values = (field: 'asked' | 'app') =>
      rpc
        .call('requests.values', { field, limit: MOST })
        .then((found) => found.values.map(({ name }) => name));
    // What cannot be read is not offered; it can be typed all the same.
    const [models, known, programs] = await Promise.allSettled([
      values('asked'),
      rpc.call('clients.list', {}),
      values('app'),
    ]);
    if (models.status === 'fulfilled') asked.value = models.value;
    if (known.status === 'fulfilled') clients.value = known.value.map(({ id }) => id);
    if (programs.status === 'fulfilled') apps.value = programs.value;
  }

  return {
    read,
    /** Names that were asked for come first: rules look at what tools ask for. */
    models: computed(() => [
      ...new Set([
        ...asked.value,
        ...(routing.catalogue?.aliases ?? []),
        ...(routing.catalogue?.models ?? []).map(({ id }) => id),
      ]),
    ]),
    /** As conditions have them: programs with dashes for spaces. */
    clients: computed(() => [
      ...new Set([...clients.value, ...apps.value.map((name) => name.replaceAll(' ', '-').toLowerCase())]),
    ]),
  };
});

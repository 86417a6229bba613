/** What tools are told beside the address: which models there are, and whether they must bring a key. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { ModelCatalogue } from '../../../contract/rpc/procedures/models.ts';
import { clientKeyFingerprint } from '../../shared/rpc/client-key.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';
import { chatModels } from '../../shared/utils/chat-models.ts';

export const useReference = defineStore('connect-reference', () => {
  const rpc = useRpc();
  /** Null until the first answer. */
  const catalogue = shallowRef<ModelCatalogue | null>(null);
  /** Last characters of the client key; empty while tools need none. */
  const clientKey = shallowRef('');

  async function readModels(): Promise<void> {
    try {
      catalogue.value = await rpc.call('models.list', {});
    } catch {
      // A model can be typed; whether it can be served is then not said.
    }
  }
  async function readClientKey(): Promise<void> {
    clientKey.value = await clientKeyFingerprint(rpc);
  }

  return {
    catalogue,
    clientKey,
    /** A model to begin with; empty where none is known. */
    suggestion: computed(() => chatModels(catalogue.value?.models ?? [], null)[0] ?? ''),
    /** @returns how to stop following */
    follow(): () => void {
      const stop = rpc.subscribe(['models.changed', 'config.changed'], (event) => {
        void readModels();
        if (event.topic !== 'models.changed') void readClientKey();
      });
      void readModels();
      void readClientKey();
      return stop;
    },
  };
});

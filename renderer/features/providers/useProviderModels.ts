/** Models of the providers, for choosing one to test and for how their lists stand. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { ModelCatalogue, ModelListState, ModelView } from '../../../contract/rpc/procedures/models.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';

export const useProviderModels = defineStore('provider-models', () => {
  const rpc = useRpc();
  /** Null until the first answer; the page says what it can without it. */
  const catalogue = shallowRef<ModelCatalogue | null>(null);
  const failure = shallowRef<unknown>(null);

  async function read(): Promise<void> {
    try {
      catalogue.value = await rpc.call('models.list', {});
      failure.value = null;
    } catch (error) {
      failure.value = error;
    }
  }

  return {
    failure,
    /** @returns how to stop following */
    follow(): () => void {
      const stop = rpc.subscribe(['models.changed'], () => void read());
      void read();
      return stop;
    },
    listOf: (provider: string): ModelListState | undefined =>
      catalogue.value?.lists.find((list) => list.provider === provider),
    /** The cheapest first as far as prices are known, then the others in the provider's order. */
    modelsOf(provider: string): readonly ModelView[] {
      const models = catalogue.value?.models.filter((model) => model.provider === provider) ?? [];
      return models.toSorted((left, right) => cost(left) - cost(right));
    },
    /** Asks the provider for its list again. @throws as the gateway says */
    async refresh(provider: string): Promise<void> {
      catalogue.value = await rpc.follow('models.refresh', { provider }, () => undefined);
    },
  };
});

/** A router's price is not known, and a model without a price for answers writes none. */
function cost({ price }: ModelView): number {
  if (price === null || price.input === null || price.output === null) return Number.MAX_VALUE;
  return price.input + price.output;
}

/** Models of the provider that is shown, for choosing one to test and for how its list stands. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { ModelCatalogue, ModelListState, ModelView } from '../../../contract/rpc/procedures/models.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';

export const useProviderModels = defineStore('provider-models', () => {
  const rpc = useRpc();
  /** By provider, each asked for when it is first shown; the page says what it can without. */
  const known = shallowRef<ReadonlyMap<string, ModelCatalogue>>(new Map());
  const failure = shallowRef<unknown>(null);
  let shown: string | null = null;

  function take(provider: string, catalogue: ModelCatalogue): void {
    known.value = new Map(known.value).set(provider, catalogue);
  }
  async function read(): Promise<void> {
    const provider = shown;
    if (provider === null) return;
    try {
      take(provider, await rpc.call('models.list', { provider }));
      failure.value = null;
    } catch (error) {
      failure.value = error;
    }
  }

  return {
    failure,
    /** Reads what is known of a provider now, and again whenever it changes while it is shown. */
    show(provider: string): void {
      shown = provider;
      void read();
    },
    /** @returns how to stop following */
    follow(): () => void {
      const stop = rpc.subscribe(['models.changed'], () => void read());
      return () => {
        stop();
        shown = null;
      };
    },
    listOf: (provider: string): ModelListState | undefined =>
      known.value.get(provider)?.lists.find((list) => list.provider === provider),
    /** The cheapest first as far as prices are known, then the others in the provider's order. */
    modelsOf(provider: string): readonly ModelView[] {
      const models = known.value.get(provider)?.models.filter((model) => model.provider === provider) ?? [];
      return models.toSorted((left, right) => cost(left) - cost(right));
    },
    /** Asks the provider for its list again. @throws as the gateway says */
    async refresh(provider: string): Promise<void> {
      take(provider, await rpc.follow('models.refresh', { provider }, () => undefined));
    },
  };
});

/** A router's price is not known, and a model without a price for answers writes none. */
function cost({ price }: ModelView): number {
  if (price === null || price.input === null || price.output === null) return Number.MAX_VALUE;
  return price.input + price.output;
}

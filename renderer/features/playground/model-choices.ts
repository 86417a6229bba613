/** The models and aliases a chat can be had with. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { ModelCatalogue } from '../../../contract/rpc/procedures/models.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';

export interface ModelChoice {
  /** What is asked for. */
  readonly id: string;
  /** Null for an alias. */
  readonly provider: string | null;
  readonly usable: boolean;
}

/** Choices whose id or provider holds every word that was typed. */
export function matchChoices(choices: readonly ModelChoice[], typed: string): readonly ModelChoice[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return choices.filter(({ id, provider }) => {
    const text = `${id} ${provider ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

export const useModelChoices = defineStore('model-choices', () => {
  const rpc = useRpc();
  const catalogue = shallowRef<ModelCatalogue | null>(null);
  const failure = shallowRef<unknown>(null);

  const choices = computed((): readonly ModelChoice[] => {
    const { aliases = [], models = [] } = catalogue.value ?? {};
    return [
      ...aliases.map((id) => ({ id, provider: null, usable: true })),
      ...models.map(({ id, providerName, usable }) => ({ id, provider: providerName, usable })),
    ];
  });

  async function read(): Promise<void> {
    try {
      catalogue.value = await rpc.call('models.list', {});
      failure.value = null;
    } catch (error) {
      failure.value = error;
    }
  }

  return {
    choices,
    failure,
    known: computed(() => catalogue.value !== null),
    read,
    /** @returns how to stop following */
    follow(): () => void {
      const stop = rpc.subscribe(['models.changed', 'config.changed'], () => void read());
      void read();
      return stop;
    },
  };
});

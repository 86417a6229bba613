/** The models and aliases a chat can be had with. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { ModelCatalogue, ModelView } from '../../../contract/rpc/procedures/models.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';

export interface ModelChoice {
  /** What is asked for. */
  readonly id: string;
  /** Null for an alias. */
  readonly provider: string | null;
  readonly usable: boolean;
  /** What is known of it; absent for an alias, and for a name that was typed. */
  readonly view?: ModelView | undefined;
}

/** Choices whose id or provider holds every word that was typed. */
export function matchChoices(choices: readonly ModelChoice[], typed: string): readonly ModelChoice[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return choices.filter(({ id, provider }) => {
    const text = `${id} ${provider ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

const choiceOf = (view: ModelView): ModelChoice => ({
  id: view.id,
  provider: view.providerName,
  usable: view.usable,
  view,
});

export const useModelChoices = defineStore('model-choices', () => {
  const rpc = useRpc();
  const catalogue = shallowRef<ModelCatalogue | null>(null);
  const failure = shallowRef<unknown>(null);

  const choices = computed((): readonly ModelChoice[] => {
    const { aliases = [], models = [] } = catalogue.value ?? {};
    return [
      ...models.filter(({ favourite }) => favourite).map(choiceOf),
      ...aliases.map((id) => ({ id, provider: null, usable: true })),
      ...models.filter(({ favourite }) => !favourite).map(choiceOf),
    ];
  });

  const views = computed(() => new Map((catalogue.value?.models ?? []).map((model) => [model.id, model])));

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
    /** What is known of a model; null for an alias and for a name that nobody lists. */
    viewOf: (id: string): ModelView | null => views.value.get(id) ?? null,
    /** @returns how to stop following */
    follow(): () => void {
      const stop = rpc.subscribe(['models.changed', 'config.changed'], () => void read());
      void read();
      return stop;
    },
  };
});

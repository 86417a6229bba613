/** Weights and thresholds in force, and as they are going to be. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { ComplexityConfig } from '../../../contract/config/routing.ts';
import type { ComplexityView } from '../../../contract/rpc/procedures/complexity.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';
import { sameComplexity } from './complexity-trial.ts';

export const useComplexity = defineStore('complexity', () => {
  const rpc = useRpc();
  /** Null until the first answer. */
  const view = shallowRef<ComplexityView | null>(null);
  const failure = shallowRef<unknown>(null);
  /** Null while nothing was changed. */
  const draft = shallowRef<ComplexityConfig | null>(null);
  /** The settings it was made from. */
  let seen: ComplexityConfig | null = null;
  /** What the weights are tried on; kept while other pages are open. */
  const prompt = ref('');

  const settings = computed(() => draft.value ?? view.value?.settings ?? null);
  const changed = computed(
    () => draft.value !== null && view.value !== null && !sameComplexity(draft.value, view.value.settings),
  );

  async function read(): Promise<void> {
    try {
      const now = await rpc.call('complexity.show', {});
      // A change that was taken back by hand is none to what others make of it.
      if (!changed.value) draft.value = null;
      view.value = now;
      failure.value = null;
    } catch (error) {
      failure.value = error;
    }
  }

  return {
    view,
    failure,
    prompt,
    settings,
    changed,
    read,
    edit(next: ComplexityConfig): void {
      if (draft.value === null) seen = view.value?.settings ?? null;
      draft.value = next;
    },
    discard(): void {
      draft.value = null;
    },
    /** @returns how to take it back @throws RpcError as the gateway said it; the change stays one then */
    async apply(): Promise<() => Promise<void>> {
      const [before, settings] = [seen, draft.value];
      if (settings === null || !changed.value || before === null) return () => Promise.resolve();
      view.value = await rpc.call('complexity.set', { seen: before, settings });
      draft.value = null;
      return async () => {
        view.value = await rpc.call('complexity.set', { seen: settings, settings: before });
      };
    },
    /** @returns how to stop following; a change that is not applied stays */
    follow(): () => void {
      void read();
      return rpc.subscribe(['config.changed'], () => void read());
    },
  };
});

/** One real request to a model, told as it goes on. */
import { onScopeDispose, ref, shallowRef, type Ref } from 'vue';
import type { ModelTest } from '../../../contract/rpc/procedures/providers.ts';
import { useFailureText } from '../../shared/composables/useFailureText.ts';
import { Cancelled, useRpc } from '../../shared/rpc/rpc.ts';

export interface ModelTesting {
  readonly running: Readonly<Ref<boolean>>;
  /** What the model has written so far. */
  readonly text: Readonly<Ref<string>>;
  readonly result: Readonly<Ref<ModelTest | null>>;
  /** Why the gateway could not even try; null otherwise. */
  readonly failure: Readonly<Ref<string | null>>;
  readonly start: (provider: string, model: string) => Promise<void>;
  readonly stop: () => void;
}

export function useModelTest(): ModelTesting {
  const rpc = useRpc();
  const textOf = useFailureText();
  const running = ref(false);
  const text = ref('');
  const result = shallowRef<ModelTest | null>(null);
  const failure = ref<string | null>(null);
  let control: AbortController | null = null;
  const stop = (): void => control?.abort();
  onScopeDispose(stop);

  return {
    running,
    text,
    result,
    failure,
    stop,
    async start(provider, model) {
      if (running.value) return;
      running.value = true;
      text.value = '';
      result.value = null;
      failure.value = null;
      control = new AbortController();
      try {
        const tell = (told: { readonly text: string }): void => {
          text.value += told.text;
        };
        result.value = await rpc.follow('providers.test', { provider, model }, tell, control.signal);
        text.value = result.value.text;
      } catch (error) {
        if (!(error instanceof Cancelled)) failure.value = textOf(error);
      } finally {
        running.value = false;
      }
    },
  };
}

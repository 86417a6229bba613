/** Runs an act of the user and tells how it ended. */
import { ref, type Ref } from 'vue';
import { useFailureText } from './useFailureText.ts';
import { useToasts } from './useToasts.ts';

export interface Act {
  readonly busy: Readonly<Ref<boolean>>;
  /** The sentence of the last failure, for forms that show it in place. */
  readonly failure: Ref<string | null>;
  /** @returns true when it went well; failures are told in a toast when a title is given, else in `failure` */
  readonly run: (act: () => Promise<unknown>, failedTitle?: string) => Promise<boolean>;
}

export function useAct(): Act {
  const busy = ref(false);
  const failure = ref<string | null>(null);
  const toasts = useToasts();
  const textOf = useFailureText();
  return {
    busy,
    failure,
    async run(act, failedTitle) {
      if (busy.value) return false;
      busy.value = true;
      failure.value = null;
      try {
        await act();
        return true;
      } catch (error) {
        const text = textOf(error);
        if (failedTitle === undefined) failure.value = text;
        else toasts.add({ kind: 'failed', title: failedTitle, text });
        return false;
      } finally {
        busy.value = false;
      }
    },
  };
}

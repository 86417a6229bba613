/** Runs an act of the user and tells how it ended. */
import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue';
import type { ToldBlock } from '../../../contract/rpc/told-words.ts';
import { useFailureBlocks, useFailureText } from './useFailureText.ts';
import { useToasts } from './useToasts.ts';

export interface Act {
  readonly busy: Readonly<Ref<boolean>>;
  /** The sentence of the last failure, for forms that show it in place. */
  readonly failure: Ref<string | null>;
  /** The same in paragraphs and lists; empty where there is none. */
  readonly blocks: ComputedRef<readonly ToldBlock[]>;
  /** @returns true when it went well; failures are told in a toast when a title is given, else in `failure` */
  readonly run: (act: () => Promise<unknown>, failedTitle?: string) => Promise<boolean>;
}

export function useAct(): Act {
  const busy = ref(false);
  const failure = ref<string | null>(null);
  const toasts = useToasts();
  const textOf = useFailureText();
  const blocksOf = useFailureBlocks();
  const last = shallowRef<{ readonly text: string; readonly blocks: readonly ToldBlock[] }>();
  return {
    busy,
    failure,
    blocks: computed(() => {
      const text = failure.value;
      if (text === null) return [];
      // A form may put words of its own there.
      return last.value?.text === text ? last.value.blocks : [text];
    }),
    async run(act, failedTitle) {
      if (busy.value) return false;
      busy.value = true;
      failure.value = null;
      try {
        await act();
        return true;
      } catch (error) {
        const text = textOf(error);
        if (failedTitle === undefined) {
          last.value = { text, blocks: blocksOf(error) };
          failure.value = text;
        } else toasts.add({ kind: 'failed', title: failedTitle, text });
        return false;
      } finally {
        busy.value = false;
      }
    },
  };
}

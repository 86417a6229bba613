/**
 * What is typed, held beside the field: a draft is written down when nobody types any more, so that a key costs
 * nothing but its own field.
 */
import { useEventListener } from '@vueuse/core';
import { onScopeDispose, ref, watch, type Ref } from 'vue';

/** ms without a key. */
const SETTLED = 250;

export interface DraftText {
  readonly text: Ref<string>;
  /** Writes it down at once. */
  readonly settle: () => void;
}

/**
 * @param place what it is a draft of
 * @param draft as it was written down last; it may change from outside
 */
export function useDraftText(
  place: () => string,
  draft: () => string,
  write: (place: string, text: string) => void,
): DraftText {
  const text = ref(draft());
  let owner = place();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function settle(): void {
    clearTimeout(timer);
    timer = undefined;
    write(owner, text.value);
  }
  watch(text, () => {
    clearTimeout(timer);
    timer = setTimeout(settle, SETTLED);
  });
  watch([place, draft], ([nextOwner, next]) => {
    if (nextOwner !== owner) {
      if (timer !== undefined) settle();
      owner = nextOwner;
    } else if (timer !== undefined) return;
    text.value = next;
    clearTimeout(timer);
    timer = undefined;
  });
  const last = (): void => {
    if (timer !== undefined) settle();
  };
  useEventListener(window, 'pagehide', last);
  onScopeDispose(last);
  return { text, settle };
}

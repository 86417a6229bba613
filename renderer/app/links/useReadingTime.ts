/**
 * Time to see what is asked before it can be agreed to: a press that was on its way when the dialog came, the second
 * half of a double click or a key that is held down, agrees to nothing.
 */
import { onScopeDispose, readonly, ref, type Ref } from 'vue';

/** Longer than a double click, shorter than reading a line, ms. */
export const READING_TIME = 1_000;

/** @returns false at first, and again whenever the window comes back to the front */
export function useReadingTime(): Readonly<Ref<boolean>> {
  const over = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const begin = (): void => {
    over.value = false;
    clearTimeout(timer);
    timer = setTimeout(() => {
      over.value = true;
    }, READING_TIME);
  };
  begin();
  window.addEventListener('focus', begin);
  onScopeDispose(() => {
    clearTimeout(timer);
    window.removeEventListener('focus', begin);
  });
  return readonly(over);
}

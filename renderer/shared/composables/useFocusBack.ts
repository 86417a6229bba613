/** Gives the focus back when a part of the page closes that had it: to what opened it, or was used beside it last. */
import { useEventListener } from '@vueuse/core';
import { nextTick, watch, type Ref } from 'vue';

/**
 * Who closes a part from outside keeps the focus where it is.
 *
 * @param part what closes; it may leave the page with that
 * @param open whether it is open
 */
export function useFocusBack(part: Readonly<Ref<HTMLElement | null>>, open: () => boolean): void {
  let opener: HTMLElement | null = null;

  const isInside = (element: Element): boolean => part.value?.contains(element) === true;
  function remember(element: EventTarget | null): void {
    if (!(element instanceof HTMLElement) || element === document.body || isInside(element)) return;
    // Menus and dialogs lie over the page and are gone by then.
    if (element.closest('#app') !== null) opener = element;
  }

  useEventListener(document, 'focusin', ({ target }) => {
    if (open()) remember(target);
  });
  watch(open, async (isOpen) => {
    if (isOpen) {
      opener = null;
      remember(document.activeElement);
      return;
    }
    const { activeElement } = document;
    if (activeElement !== null && activeElement !== document.body && !isInside(activeElement)) return;
    await nextTick();
    opener?.focus();
  });
}

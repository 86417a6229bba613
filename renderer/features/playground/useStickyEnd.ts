/** A scroller that stays at its end while it is there, and is left alone where somebody reads. */
import { useResizeObserver } from '@vueuse/core';
import { ref, type Ref } from 'vue';

/** So near to the end counts as being there, px. */
const NEAR = 32;

export interface StickyEnd {
  readonly atEnd: Readonly<Ref<boolean>>;
  readonly toEnd: () => void;
  readonly scrolled: () => void;
}

/** @param content what grows inside the scroller */
export function useStickyEnd(
  scroller: Readonly<Ref<HTMLElement | null>>,
  content: Readonly<Ref<HTMLElement | null>>,
): StickyEnd {
  const atEnd = ref(true);

  function toEnd(): void {
    atEnd.value = true;
    if (scroller.value !== null) scroller.value.scrollTop = scroller.value.scrollHeight;
  }
  useResizeObserver([content, scroller], () => {
    if (atEnd.value) toEnd();
  });
  return {
    atEnd,
    toEnd,
    scrolled() {
      const element = scroller.value;
      if (element !== null) {
        atEnd.value = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
      }
    },
  };
}

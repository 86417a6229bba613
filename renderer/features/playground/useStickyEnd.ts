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
  /** Where it was scrolled to last, px. */
  let last = 0;

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
      if (element === null) return;
      const near = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
      // What grew since is no reason: only somebody who goes up leaves the end.
      if (near) atEnd.value = true;
      else if (element.scrollTop < last) atEnd.value = false;
      last = element.scrollTop;
    },
  };
}

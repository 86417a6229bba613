/** Rows stand still while a mouse is on its way to one of them: the row that is meant is the row that is clicked. */
import { useDebounceFn } from '@vueuse/core';
import { onScopeDispose, type Ref } from 'vue';

/** The list goes on so long after the last movement, ms. */
const STILL = 700;

/** @returns what is told of each movement over the rows */
export function useAiming(aiming: Ref<boolean>): (event: PointerEvent) => void {
  const settle = useDebounceFn(() => {
    aiming.value = false;
  }, STILL);
  onScopeDispose(() => {
    aiming.value = false;
  });
  return ({ pointerType }) => {
    // A finger scrolls.
    if (pointerType === 'touch') return;
    aiming.value = true;
    void settle();
  };
}

/** Whether what a component shows at first has been drawn, so that the browser knows the size of every part of it. */
import { onMounted, onScopeDispose, ref, type Ref } from 'vue';

export function useDrawnOnce(): Readonly<Ref<boolean>> {
  const drawn = ref(false);
  let frame = 0;
  onMounted(() => {
    // The first frame may be the one that draws it; sizes are noted at its end.
    frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        drawn.value = true;
      });
    });
  });
  onScopeDispose(() => cancelAnimationFrame(frame));
  return drawn;
}

/** The time, for figures that change by themselves. */
import { onScopeDispose, ref, watch, type Ref } from 'vue';

/**
 * Wall-clock time that moves while `active`.
 * @param interval between two changes, ms; figures on screen change at most four times a second
 * @returns Unix ms
 */
export function useNow(active: Readonly<Ref<boolean>>, interval = 250): Readonly<Ref<number>> {
  const now = ref(Date.now());
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = (): void => {
    now.value = Date.now();
  };
  const stop = (): void => clearInterval(timer);

  watch(
    active,
    (runs) => {
      stop();
      if (!runs) return;
      tick();
      timer = setInterval(tick, interval);
    },
    { immediate: true },
  );
  onScopeDispose(stop);
  return now;
}

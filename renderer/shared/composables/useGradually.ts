/** A long list comes in pieces: a screenful at once, the rest piece by piece, so that opening it keeps nothing waiting. */
import { computed, onScopeDispose, ref, watch, type ComputedRef } from 'vue';

/** Rows of the first piece: what most windows show; a taller one has the rest with the next frame. */
const FIRST = 24;
/** Rows of each further one: short enough that a key pressed meanwhile is answered at once. */
const PIECE = 20;

/**
 * @param all the whole list; what is in it changes at any time
 * @param above rows of another list that stand above this one, and fill the window before it does
 * @param next runs something with the next frame; a frame of the browser by default
 * @returns how much of it is to be drawn by now, from its beginning
 */
export function useGradually<T>(
  all: () => readonly T[],
  above = 0,
  next: (run: () => void) => unknown = requestAnimationFrame,
): ComputedRef<readonly T[]> {
  const count = ref(Math.max(0, FIRST - above));
  let waiting = false;
  let gone = false;
  const grow = (): void => {
    if (waiting || gone || count.value >= all().length) return;
    waiting = true;
    next(() => {
      waiting = false;
      count.value += PIECE;
    });
  };
  watch([() => all().length, count], grow, { immediate: true, flush: 'post' });
  onScopeDispose(() => {
    gone = true;
  });
  return computed(() => (count.value >= all().length ? all() : all().slice(0, count.value)));
}

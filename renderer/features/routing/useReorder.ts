/** Moving entries of a list by dragging a handle, with mouse, pen or finger. */
import { ref, type Ref } from 'vue';

export interface Reorder {
  /** Index of the entry under the pointer's hold; null while none is. */
  readonly held: Readonly<Ref<number | null>>;
  readonly take: (event: PointerEvent, index: number) => void;
  readonly drag: (event: PointerEvent) => void;
  readonly drop: () => void;
}

/**
 * @param list its children are the entries, in order
 * @param move brings an entry to another place, at once
 */
export function useReorder(
  list: Readonly<Ref<HTMLElement | null>>,
  move: (from: number, to: number) => void,
): Reorder {
  const held = ref<number | null>(null);

  /** The place an entry would have at this height: past every other whose middle is above it. */
  function placeAt(y: number, from: number): number {
    const others = [...(list.value?.children ?? [])].filter((_, index) => index !== from);
    return others.filter((entry) => {
      const { top, height } = entry.getBoundingClientRect();
      return top + height / 2 < y;
    }).length;
  }

  return {
    held,
    take(event, index) {
      if (event.button !== 0 || !(event.currentTarget instanceof HTMLElement)) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      held.value = index;
    },
    drag(event) {
      if (held.value === null) return;
      const to = placeAt(event.clientY, held.value);
      if (to === held.value) return;
      move(held.value, to);
      held.value = to;
    },
    drop() {
      held.value = null;
    },
  };
}

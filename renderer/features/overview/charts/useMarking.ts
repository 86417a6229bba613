/** Pointing at a chart: a click takes a bucket, dragging marks a stretch of them. */
import { computed, ref, type ComputedRef } from 'vue';

/** What the chart tells of itself. */
export interface Plot {
  /** Place of the bucket under a point of the drawing; null beside the plot. */
  readonly placeAt: (x: number, y: number) => number | null;
  /** Middle of a bucket from the left of the drawing, px. */
  readonly middleOf: (place: number) => number;
}

export interface PointerAt {
  readonly offsetX: number;
  readonly offsetY: number;
}

export interface Marking {
  /** From the left of the drawing, px; null while nothing is marked. */
  readonly box: ComputedRef<{ readonly left: number; readonly width: number } | null>;
  readonly begin: (event: PointerAt) => void;
  readonly drag: (event: PointerAt) => void;
  readonly end: () => void;
  readonly drop: () => void;
}

export function useMarking(
  plot: Plot,
  taken: {
    readonly one: (place: number) => void;
    readonly some: (first: number, last: number) => void;
  },
): Marking {
  const mark = ref<{ readonly one: number; readonly other: number } | null>(null);
  const box = computed(() => {
    if (mark.value === null || mark.value.one === mark.value.other) return null;
    const { one, other } = mark.value;
    const half = Math.abs(plot.middleOf(1) - plot.middleOf(0)) / 2;
    const left = plot.middleOf(Math.min(one, other)) - half;
    return { left, width: plot.middleOf(Math.max(one, other)) + half - left };
  });
  return {
    box,
    begin({ offsetX, offsetY }) {
      const at = plot.placeAt(offsetX, offsetY);
      mark.value = at === null ? null : { one: at, other: at };
    },
    drag({ offsetX, offsetY }) {
      const at = mark.value === null ? null : plot.placeAt(offsetX, offsetY);
      if (mark.value !== null && at !== null) mark.value = { one: mark.value.one, other: at };
    },
    end() {
      const marked = mark.value;
      mark.value = null;
      if (marked === null) return;
      const { one, other } = marked;
      if (one === other) taken.one(one);
      else taken.some(Math.min(one, other), Math.max(one, other));
    },
    drop: () => {
      mark.value = null;
    },
  };
}

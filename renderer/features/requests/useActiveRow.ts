/** The row that the keyboard is on: it keeps its row when others come above it. */
import { nextTick, ref, watch, type Ref } from 'vue';
import { usePicks } from './picks.ts';
import { indexOf, rowAt } from './row-window.ts';
import { useRequests } from './store.ts';

export interface ActiveRow {
  readonly index: Readonly<Ref<number>>;
  /** Moves on arrows, Page Up and Down, Home and End, picking with Shift; Space picks, Enter opens. */
  readonly pressed: (event: KeyboardEvent) => void;
  readonly step: (rows: number) => void;
  /** A row was clicked: with Ctrl it is picked, with Shift all up to it, else it is opened. */
  readonly clicked: (event: MouseEvent, index: number, id: string) => void;
}

export function useActiveRow(options: {
  /** Id of the row whose detail is open. */
  readonly selected: Readonly<Ref<string | null>>;
  /** Brings a row into view. */
  readonly reveal: (index: number) => void;
  readonly rowsInView: () => number;
  readonly open: (id: string) => void;
}): ActiveRow {
  const { selected, reveal, rowsInView, open } = options;
  const store = useRequests();
  const picks = usePicks();
  const index = ref(0);
  const id = ref<string | null>(selected.value);

  const rowIdAt = (place: number): string | null =>
    store.list === null ? null : (rowAt(store.list, place)?.id ?? null);

  /** Rows from one to another that are in memory. */
  const idsBetween = (one: number, other: number): readonly string[] =>
    Array.from({ length: Math.abs(one - other) + 1 }, (_, step) =>
      rowIdAt(Math.min(one, other) + step),
    ).filter((found) => found !== null);
  let anchor = 0;

  async function move(to: number, picking: boolean): Promise<void> {
    if (!picking) anchor = Math.max(0, Math.min(store.count - 1, to));
    index.value = Math.max(0, Math.min(store.count - 1, to));
    reveal(index.value);
    await nextTick();
    id.value = rowIdAt(index.value);
    if (picking) return picks.set(idsBetween(anchor, index.value));
    // With the detail open, moving means reading the next one.
    if (id.value !== null && selected.value !== null) open(id.value);
  }
  const pageLength = (): number => Math.max(1, rowsInView() - 2);
  const moves: Readonly<Record<string, () => number>> = {
    ArrowUp: () => index.value - 1,
    ArrowDown: () => index.value + 1,
    PageUp: () => index.value - pageLength(),
    PageDown: () => index.value + pageLength(),
    Home: () => 0,
    End: () => store.count - 1,
  };

  watch(
    [() => store.list, selected],
    ([list, chosen], before) => {
      if (chosen !== null && chosen !== before[1]) id.value = chosen;
      const place = list === null || id.value === null ? -1 : indexOf(list, id.value);
      if (place >= 0) index.value = place;
    },
    { immediate: true },
  );

  return {
    index,
    step: (rows) => void move(index.value + rows, false),
    pressed(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const to = moves[event.key];
      if (to !== undefined) {
        event.preventDefault();
        void move(to(), event.shiftKey);
      } else if (event.key === ' ') {
        event.preventDefault();
        const here = rowIdAt(index.value);
        if (here !== null) picks.toggle(here);
        anchor = index.value;
      } else if (event.key === 'Enter') {
        const here = rowIdAt(index.value);
        if (here !== null) open(here);
      }
    },
    clicked(event, place, chosen) {
      index.value = place;
      id.value = chosen;
      if (event.shiftKey) return picks.set(idsBetween(anchor, place));
      anchor = place;
      if (event.ctrlKey || event.metaKey) picks.toggle(chosen);
      else open(chosen);
    },
  };
}

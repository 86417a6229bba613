/** The row of a list that the keyboard is on: moved by arrows and friends, opened by Enter. */
import { nextTick, ref, watch, type Ref } from 'vue';

export interface ListKeys {
  /** Place of the row, from 0. */
  readonly index: Readonly<Ref<number>>;
  readonly pressed: (event: KeyboardEvent) => void;
  /** A row was clicked. */
  readonly choose: (index: number) => void;
}

export function useListKeys(options: {
  /** Ids of all rows, in order. */
  readonly ids: Readonly<Ref<readonly string[]>>;
  /** Id of the row whose detail is open. */
  readonly selected: Readonly<Ref<string | null>>;
  /** Brings a row into view. */
  readonly reveal: (index: number) => void;
  readonly rowsInView: () => number;
  readonly open: (id: string) => void;
}): ListKeys {
  const { ids, selected, reveal, rowsInView, open } = options;
  const index = ref(0);

  async function move(to: number): Promise<void> {
    index.value = Math.max(0, Math.min(ids.value.length - 1, to));
    reveal(index.value);
    await nextTick();
    // With the detail open, moving means reading the next one.
    if (selected.value !== null) openHere();
  }
  function openHere(): void {
    const id = ids.value[index.value];
    if (id !== undefined) open(id);
  }
  const pageLength = (): number => Math.max(1, rowsInView() - 2);
  const moves: Readonly<Record<string, () => number>> = {
    ArrowUp: () => index.value - 1,
    ArrowDown: () => index.value + 1,
    PageUp: () => index.value - pageLength(),
    PageDown: () => index.value + pageLength(),
    Home: () => 0,
    End: () => ids.value.length - 1,
  };

  watch(
    [ids, selected],
    ([list, chosen], [before]) => {
      // The keyboard stays with its row when the list around it changes.
      const kept = chosen ?? before?.[index.value];
      const place = kept === undefined ? -1 : list.indexOf(kept);
      index.value = place >= 0 ? place : Math.max(0, Math.min(list.length - 1, index.value));
    },
    { immediate: true },
  );

  return {
    index,
    pressed(event) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
      const to = moves[event.key];
      if (to !== undefined) {
        event.preventDefault();
        void move(to());
      } else if (event.key === 'Enter') openHere();
    },
    choose(place) {
      index.value = place;
      openHere();
    },
  };
}

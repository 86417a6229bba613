/** The live list of requests: a window over the log, kept current by events. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { useRpc } from '../../shared/rpc/rpc.ts';
import { asRequestFilter, conditionCount, NO_FILTER, rowMatcher, type ListFilter } from './filter.ts';
import {
  openWindow,
  PAGE_ROWS,
  pagesOf,
  release,
  rowCount,
  trim,
  withChanges,
  withPage,
  type RowWindow,
} from './row-window.ts';

export const useRequests = defineStore('requests', () => {
  const rpc = useRpc();
  /** Null until the first answer. */
  const list = shallowRef<RowWindow | null>(null);
  const failure = shallowRef<unknown>(null);
  const filter = shallowRef<ListFilter>(NO_FILTER);
  /** Rows in the whole log, known while the list is filtered. */
  const logTotal = ref<number | null>(null);
  /** False while the user has paused the list. */
  const live = ref(true);
  /** True while the newest row is in view. */
  const atTop = ref(true);
  const hold = computed(() => !live.value || !atTop.value);

  let reading = 0;
  const pagesAsked = new Set<number>();

  /** Reads the newest rows. An answer that was overtaken by a newer question is dropped. */
  async function read(): Promise<void> {
    reading += 1;
    const turn = reading;
    const filtered = conditionCount(filter.value) > 0;
    try {
      const [page, statistics] = await Promise.all([
        rpc.call('requests.list', { limit: PAGE_ROWS, filter: asRequestFilter(filter.value) }),
        filtered ? rpc.call('requests.statistics', {}) : null,
      ]);
      if (turn !== reading) return;
      list.value = openWindow(page);
      logTotal.value = statistics?.total ?? null;
      failure.value = null;
      pagesAsked.clear();
    } catch (error) {
      if (turn === reading) failure.value = error;
    }
  }

  async function readPage(number: number): Promise<void> {
    const asked = list.value;
    if (asked === null || pagesAsked.has(number)) return;
    const turn = reading;
    pagesAsked.add(number);
    try {
      const page = await rpc.call('requests.list', {
        limit: PAGE_ROWS,
        before: asked.anchor + 1,
        skip: number * PAGE_ROWS,
        filter: asRequestFilter(filter.value),
      });
      // Pages are counted from the anchor: an answer counted from another one has no place.
      if (turn === reading && list.value?.anchor === asked.anchor)
        list.value = withPage(list.value, number, page);
    } catch (error) {
      if (turn === reading) failure.value = error;
    } finally {
      if (turn === reading) pagesAsked.delete(number);
    }
  }

  /** What may have been missed is read again without moving what is being read. */
  function recover(): void {
    if (list.value === null || !hold.value) return void read();
    list.value = { ...list.value, pages: new Map(), stale: true };
  }

  function takeRows(rows: Parameters<typeof withChanges>[1]): void {
    if (list.value === null) return;
    list.value = withChanges(list.value, rows, { matches: rowMatcher(filter.value), hold: hold.value });
    if (list.value.stale && !hold.value) void read();
  }

  return {
    list,
    failure,
    filter,
    logTotal,
    live,
    atTop,
    count: computed(() => (list.value === null ? 0 : rowCount(list.value))),
    read,
    /** @returns how to stop following */
    follow(): () => void {
      const stop = rpc.subscribe(['requests.changed', 'requests.cleared'], (event) => {
        if (event.topic === 'requests.changed') takeRows(event.data);
        else if (event.topic === 'requests.cleared') void read();
        else recover();
      });
      void read();
      return stop;
    },
    setFilter(next: ListFilter): void {
      if (JSON.stringify(next) === JSON.stringify(filter.value)) return;
      filter.value = next;
      atTop.value = true;
      list.value = null;
      void read();
    },
    /** Rows from `first` to `last` are in view: reads what is missing and lets go of what is far. */
    show(first: number, last: number): void {
      if (list.value === null) return;
      list.value = trim(list.value, first, last);
      const { pages } = list.value;
      for (const page of pagesOf(list.value, first, last)) if (!pages.has(page)) void readPage(page);
    },
    /** Shows the rows that waited. */
    catchUp(): void {
      if (list.value === null) return;
      if (list.value.stale) void read();
      else list.value = release(list.value);
    },
    /** Deletes all finished rows. */
    clear: () => rpc.call('requests.clear', {}),
  };
});

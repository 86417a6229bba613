/** The live list of requests: a window over the log, kept current by events. */
import { useDebounceFn } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { Excerpt, IndexState, RequestPage, RequestSummary } from '../../../contract/log/row.ts';
import { useAnswers } from '../../shared/composables/useAnswers.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';
import { rowMatcher } from './query/match-row.ts';
import { parseQuery, type Query } from './query/parse.ts';
import { readRows } from './read-rows.ts';
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

/** ms between two looks at a search whose matches only the log can tell. */
const LOOK_AGAIN = 1_500;
/** Excerpts that are kept, at most. */
const MOST_EXCERPTS = 5_000;

export const useRequests = defineStore('requests', () => {
  const rpc = useRpc();
  /** Null until the first answer. */
  const list = shallowRef<RowWindow | null>(null);
  useAnswers().held(() => {
    list.value = null;
  });
  const failure = shallowRef<unknown>(null);
  /** The filter as it is written. */
  const text = ref('');
  const query = shallowRef<Query>(parseQuery('', 0));
  /** Rows in the whole log, known while the list is filtered. */
  const logTotal = ref<number | null>(null);
  /** Where the words stand, by id of the row. */
  const excerpts = shallowRef<ReadonlyMap<string, Excerpt>>(new Map());
  /** How far the full-text index is; null without words. */
  const index = shallowRef<IndexState | null>(null);
  /** False while the user has paused the list. */
  const live = ref(true);
  /** True while the newest row is in view. */
  const atTop = ref(true);
  /** True while a pointer is on its way to a row. */
  const aiming = ref(false);
  const hold = computed(() => !live.value || !atTop.value || aiming.value);

  let reading = 0;
  const pagesAsked = new Set<number>();
  let readsOut = 0;
  /** The latest of each row that changed while reads are out: their answers may be from before. */
  const changed = new Map<number, RequestSummary>();

  function keepSearch({ rows, search }: RequestPage): void {
    index.value = search?.index ?? null;
    if (search === undefined) return;
    const found = rows.flatMap(({ id }, place): [string, Excerpt][] => {
      const excerpt = search.excerpts[place] ?? null;
      return excerpt === null ? [] : [[id, excerpt]];
    });
    excerpts.value = new Map([...[...excerpts.value].slice(-MOST_EXCERPTS), ...found]);
  }

  async function whileOut(work: () => Promise<void>): Promise<void> {
    readsOut += 1;
    await work();
    readsOut -= 1;
    if (readsOut === 0) changed.clear();
  }

  /** Reads the newest rows. An answer that was overtaken by a newer question is dropped. */
  const read = (): Promise<void> => whileOut(readNewest);
  async function readNewest(): Promise<void> {
    reading += 1;
    const turn = reading;
    // `time:1h` counts from now on.
    query.value = parseQuery(text.value, Date.now());
    const { filter } = query.value;
    const filtered = Object.keys(filter).length > 0;
    try {
      const [page, statistics] = await Promise.all([
        readRows(rpc, { filter }, () => turn === reading),
        filtered ? rpc.call('requests.statistics', {}) : null,
      ]);
      if (turn !== reading) return;
      list.value = openWindow(page);
      keepSearch(page);
      logTotal.value = statistics === null ? null : statistics.total + statistics.imported;
      failure.value = null;
      pagesAsked.clear();
      if (changed.size > 0) takeRows([...changed.values()]);
    } catch (error) {
      if (turn === reading) failure.value = error;
    }
  }

  async function readPage(number: number): Promise<void> {
    const asked = list.value;
    if (asked === null || pagesAsked.has(number)) return;
    await whileOut(() => readPageOf(asked, number));
  }
  async function readPageOf(asked: RowWindow, number: number): Promise<void> {
    const turn = reading;
    pagesAsked.add(number);
    try {
      const { filter } = query.value;
      const place = { before: asked.anchor + 1, skip: number * PAGE_ROWS, filter };
      const page = await readRows(rpc, place, () => turn === reading);
      // Pages are counted from the anchor: an answer counted from another one has no place.
      if (turn === reading && list.value?.anchor === asked.anchor) {
        const rows = page.rows.map((row) => changed.get(row.sequence) ?? row);
        list.value = withPage(list.value, number, { ...page, rows });
        keepSearch(page);
      }
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
  const lookAgain = useDebounceFn(recover, LOOK_AGAIN, { maxWait: LOOK_AGAIN });

  function takeRows(rows: readonly RequestSummary[]): void {
    if (list.value === null) return;
    const matcher = rowMatcher(query.value.filter);
    const unknown = matcher === 'unknown';
    const matches = unknown ? () => false : matcher;
    list.value = withChanges(list.value, rows, { matches, hold: hold.value });
    if (unknown && rows.some(({ outcome }) => outcome !== 'live')) {
      if (hold.value) list.value = { ...list.value, stale: true };
      else void lookAgain();
    } else if (list.value.stale && !hold.value) void read();
  }

  return {
    list,
    failure,
    text,
    query,
    logTotal,
    excerpts,
    index,
    live,
    atTop,
    aiming,
    count: computed(() => (list.value === null ? 0 : rowCount(list.value))),
    /** Whether the list is narrowed at all. */
    filtered: computed(() => Object.keys(query.value.filter).length > 0),
    read,
    /** @returns how to stop following */
    follow(): () => void {
      const stop = rpc.subscribe(['requests.changed', 'requests.cleared'], (event) => {
        if (event.topic === 'requests.changed') {
          if (readsOut > 0) for (const row of event.data) changed.set(row.sequence, row);
          takeRows(event.data);
        } else if (event.topic === 'requests.cleared') {
          changed.clear();
          void read();
        } else recover();
      });
      void read();
      return stop;
    },
    setText(next: string): void {
      if (next === text.value) return;
      text.value = next;
      atTop.value = true;
      list.value = null;
      excerpts.value = new Map();
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
  };
});

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
  rowAt,
  rowCount,
  trim,
  withChanges,
  withPage,
  type RowWindow,
} from './row-window.ts';

/** ms between two looks at a search whose matches only the log can tell. */
const LOOK_AGAIN = 1_500;
/** Pieces of a search that are looked at without a word. */
const QUIET_PIECES = 5;
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
  /** How far back a search has looked by now, Unix ms; null while none takes long. */
  const lookedTo = ref<number | null>(null);
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
    lookedTo.value = null;
    let pieces = 0;
    let partly = false;
    let over = false;
    const wanted = (): boolean => turn === reading && !over;
    /** What is found by now is there to be read: the rest of the log may take a while. */
    function soFar(page: RequestPage): void {
      if (!wanted()) return;
      pieces += 1;
      // A row's place in the log is when it arrived, in microseconds.
      if (pieces > QUIET_PIECES && page.next !== null) lookedTo.value = Math.floor(page.next / 1_000);
      if (page.rows.length === 0 || (list.value !== null && !partly)) return;
      partly = true;
      list.value = openWindow(page);
      keepSearch(page);
    }
    try {
      const [page, statistics] = await Promise.all([
        readRows(rpc, { filter }, wanted, soFar),
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
    over = true;
    if (turn === reading) lookedTo.value = null;
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
  const lookAgain = useDebounceFn(look, LOOK_AGAIN, { maxWait: LOOK_AGAIN });

  /** Whether what a first piece of the list says is what stands there, as far as it has looked. */
  function isShown({ rows, next }: RequestPage): boolean {
    const shown = list.value;
    if (shown === null) return false;
    const behind = rowAt(shown, rows.length);
    return (
      rows.every(({ id }, place) => rowAt(shown, place)?.id === id) &&
      (behind === undefined || (next !== null && behind.sequence < next))
    );
  }

  /** A search is gone through once more only where its beginning has changed: it may reach deep. */
  async function look(): Promise<void> {
    if (list.value === null || hold.value) return recover();
    // Or a long one would begin anew with each row, and never end.
    if (readsOut > 0) return void lookAgain();
    const turn = reading;
    try {
      const { filter } = query.value;
      const page = await rpc.call('requests.list', { limit: PAGE_ROWS, filter });
      if (turn !== reading) return;
      if (!isShown(page)) return void read();
      index.value = page.search?.index ?? null;
      const { total, imported } = await rpc.call('requests.statistics', {});
      if (turn === reading) logTotal.value = total + imported;
    } catch (error) {
      if (turn === reading) failure.value = error;
    }
  }

  function takeRows(rows: readonly RequestSummary[]): void {
    if (list.value === null) return;
    const matches = rowMatcher(query.value.filter);
    list.value = withChanges(list.value, rows, { matches, hold: hold.value });
    if (matches === 'unknown' && rows.some(({ outcome }) => outcome !== 'live')) {
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
    lookedTo,
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
      return () => {
        stop();
        // A search under way has nobody who waits for it.
        reading += 1;
        lookedTo.value = null;
      };
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

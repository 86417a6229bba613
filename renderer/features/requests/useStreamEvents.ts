/** Events of a stream, read in pages as they come into view. */
import { computed, shallowRef, watch, type Ref } from 'vue';
import type { StreamEvent, StreamEvents } from '../../../contract/log/answer.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';

/** Events of one page, and pages that are kept. */
const PAGE = 200;
const MOST_PAGES = 12;

export interface EventPages {
  readonly total: Readonly<Ref<number>>;
  /** Null until the first answer. */
  readonly state: Readonly<Ref<StreamEvents['state'] | null>>;
  readonly failure: Readonly<Ref<unknown>>;
  /** Undefined while it is on its way. */
  readonly at: (index: number) => StreamEvent | undefined;
  readonly show: (first: number, last: number) => void;
  readonly read: () => Promise<void>;
}

/** @param finished a stream under way is stored when it ends */
export function useStreamEvents(id: Readonly<Ref<string>>, finished: Readonly<Ref<boolean>>): EventPages {
  const rpc = useRpc();
  const pages = shallowRef<ReadonlyMap<number, readonly StreamEvent[]>>(new Map());
  const head = shallowRef<Pick<StreamEvents, 'total' | 'state'> | null>(null);
  const failure = shallowRef<unknown>(null);
  const asked = new Set<number>();

  async function readPage(page: number): Promise<void> {
    if (asked.has(page)) return;
    asked.add(page);
    const wanted = id.value;
    try {
      const next = await rpc.call('requests.events', { id: wanted, from: page * PAGE, limit: PAGE });
      if (id.value !== wanted) return;
      head.value = { total: next.total, state: next.state };
      pages.value = new Map([...[...pages.value].slice(1 - MOST_PAGES), [page, next.events]]);
      failure.value = null;
    } catch (error) {
      if (id.value === wanted) failure.value = error;
    } finally {
      asked.delete(page);
    }
  }
  watch(
    [id, finished],
    () => {
      pages.value = new Map();
      head.value = null;
      asked.clear();
      if (finished.value) void readPage(0);
    },
    { immediate: true },
  );

  return {
    total: computed(() => head.value?.total ?? 0),
    state: computed(() => head.value?.state ?? null),
    failure,
    at: (index) => pages.value.get(Math.floor(index / PAGE))?.[index % PAGE],
    show(first, last) {
      for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page++) {
        if (!pages.value.has(page)) void readPage(page);
      }
    },
    read: () => readPage(0),
  };
}

/** The newest requests, live. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { RequestFilter } from '../../../contract/log/filter.ts';
import type { RequestSummary } from '../../../contract/log/row.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';

/** Rows that are shown. */
export const RECENT_ROWS = 8;
/** Shortest time between two changes on screen, ms. */
const PAUSE = 250;
/** Rows that wait for it at most. */
const MOST_WAITING = 1_000;
/** What came in from a file is new in the log and was made at any time. */
const MADE_HERE: RequestFilter = { where: [{ kind: 'flag', field: 'imported', not: true }] };

export const useRecent = defineStore('recent-requests', () => {
  const rpc = useRpc();
  /** Newest first; null until the first answer. */
  const rows = shallowRef<readonly RequestSummary[] | null>(null);
  let arrived = new Map<number, RequestSummary>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let readsOut = 0;
  /** What came while a read is out: its answer may be from before. */
  let meanwhile = new Map<number, RequestSummary>();

  async function read(): Promise<void> {
    readsOut += 1;
    try {
      const page = await rpc.call('requests.list', { limit: RECENT_ROWS, filter: MADE_HERE });
      rows.value = page.rows;
      arrived = new Map([...meanwhile, ...arrived]);
      if (arrived.size > 0) show();
    } catch {
      // The figures beside it are read from the same log and say why it cannot be read.
      rows.value ??= null;
    }
    readsOut -= 1;
    if (readsOut === 0) meanwhile = new Map();
  }

  function show(): void {
    clearTimeout(timer);
    timer = undefined;
    const known = new Map((rows.value ?? []).map((row) => [row.sequence, row]));
    const all = [...new Map([...known, ...arrived]).values()];
    arrived = new Map();
    rows.value = all.sort((a, b) => b.sequence - a.sequence).slice(0, RECENT_ROWS);
  }

  function take(changed: readonly RequestSummary[]): void {
    for (const row of changed) {
      if (row.imported === true) continue;
      arrived.set(row.sequence, row);
      if (readsOut > 0) meanwhile.set(row.sequence, row);
    }
    // A page in the background is woken rarely; what waits for it stays bounded.
    if (arrived.size > MOST_WAITING) show();
    else timer ??= setTimeout(show, PAUSE);
  }

  return {
    rows,
    /** @returns how to stop following */
    follow(): () => void {
      const stop = rpc.subscribe(['requests.changed', 'requests.cleared'], (event) => {
        if (event.topic === 'requests.changed') return take(event.data);
        if (event.topic === 'requests.cleared') {
          arrived.clear();
          meanwhile.clear();
        }
        void read();
      });
      void read();
      return () => {
        stop();
        clearTimeout(timer);
        timer = undefined;
      };
    },
  };
});

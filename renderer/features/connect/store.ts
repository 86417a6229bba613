/** Tools and how they stand: a snapshot, read again when requests tell that something may have moved. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type {
  ConnectPlan,
  ConnectView,
  ToolId,
  ToolTest,
  ToolView,
} from '../../../contract/rpc/procedures/connect.ts';
import { useAnswers } from '../../shared/composables/useAnswers.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';
import { isWaiting } from './tool-state.ts';
import { NO_DRAFT, type Draft, type Order } from '../../shared/utils/tool-wiring.ts';

/** How soon the list is read again after a request, ms: while a tool's first one is awaited, and else. */
const SOON = 500;
const LATER = 10_000;

export const useConnect = defineStore('connect', () => {
  const rpc = useRpc();
  /** Null until the first answer. */
  const view = shallowRef<ConnectView | null>(null);
  useAnswers().held(() => {
    view.value = null;
  });
  const failure = shallowRef<unknown>(null);
  const reading = shallowRef(false);
  /** Counts the looks that the user asked for: plans are worked out anew with them. */
  const looks = shallowRef(0);
  /** Choices that were not written yet; they outlive a look at another tool. */
  const drafts = shallowRef<Readonly<Partial<Record<ToolId, Draft>>>>({});
  let turn = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due = Infinity;

  function cancelTimer(): void {
    clearTimeout(timer);
    due = Infinity;
  }
  /** An answer that was overtaken by a newer question is dropped. */
  async function read(): Promise<void> {
    cancelTimer();
    turn += 1;
    const mine = turn;
    reading.value = true;
    try {
      const next = await rpc.call('connect.list', {});
      if (mine !== turn) return;
      view.value = next;
      failure.value = null;
    } catch (error) {
      if (mine === turn) failure.value = error;
    } finally {
      if (mine === turn) reading.value = false;
    }
  }
  function readWithin(time: number): void {
    const at = Date.now() + time;
    if (at >= due) return;
    cancelTimer();
    due = at;
    timer = setTimeout(() => void read(), time);
  }
  function place(tool: ToolView): void {
    if (view.value === null) return;
    // A list that was asked for before is older than this tool.
    turn += 1;
    reading.value = false;
    view.value = { ...view.value, tools: view.value.tools.map((one) => (one.id === tool.id ? tool : one)) };
  }

  return {
    view,
    failure,
    reading,
    looks,
    read,
    async look(): Promise<void> {
      await read();
      looks.value += 1;
    },
    draftOf: (tool: ToolId): Draft => drafts.value[tool] ?? NO_DRAFT,
    setDraft(tool: ToolId, draft: Draft): void {
      drafts.value = { ...drafts.value, [tool]: draft };
    },
    /** @returns how to stop following */
    follow(): () => void {
      const stop = rpc.subscribe(['requests.changed', 'config.changed'], (event) => {
        if (event.topic === 'requests.changed') {
          readWithin(view.value?.tools.some(isWaiting) === true ? SOON : LATER);
        } else readWithin(SOON);
      });
      void read();
      return () => {
        stop();
        cancelTimer();
      };
    },
    plan: (tool: ToolId, order: Order): Promise<ConnectPlan> => rpc.call('connect.plan', { tool, order }),
    /** One small request as the tool would send it. */
    test: (tool: ToolId, model: string): Promise<ToolTest> => rpc.call('connect.test', { tool, model }),
    /** Does what the plan of this version said. @throws RpcError `conflict` when a file changed since */
    async apply(tool: ToolId, order: Order, version: string): Promise<ToolView> {
      const after = await rpc.call('connect.apply', { tool, order, version });
      place(after);
      return after;
    },
  };
});

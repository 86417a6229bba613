/** What requests may cost and have: read again while requests come, and when the configuration changes. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { BudgetView } from '../../../contract/rpc/procedures/budgets.ts';
import type { BudgetConfig } from '../../../contract/config/protection.ts';
import { useRpc } from '../rpc/rpc.ts';

/** Shortest time between two readings that requests ask for, ms. */
const PAUSE = 1_000;

export const useBudgets = defineStore('budgets', () => {
  const rpc = useRpc();
  /** Null until the first answer. */
  const budgets = shallowRef<readonly BudgetView[] | null>(null);
  /** Why the last reading failed; what was known stays. */
  const failure = shallowRef<unknown>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function read(): Promise<void> {
    try {
      budgets.value = await rpc.call('budgets.list', {});
      failure.value = null;
    } catch (error) {
      failure.value = error;
    }
  }

  return {
    budgets,
    failure,
    read,
    /** @returns how to stop following */
    follow(): () => void {
      const stop = rpc.subscribe(['requests.changed', 'config.changed', 'gateway.changed'], (event) => {
        if (event.topic !== 'requests.changed') return void read();
        timer ??= setTimeout(() => {
          timer = undefined;
          void read();
        }, PAUSE);
      });
      void read();
      return () => {
        clearTimeout(timer);
        timer = undefined;
        stop();
      };
    },
    /** Makes a budget, or changes the one that is `was`. @throws RpcError as the gateway said it */
    async put(budget: BudgetConfig, was?: string): Promise<void> {
      budgets.value = await rpc.call('budgets.put', {
        ...(was === undefined ? {} : { was }),
        budget: { ...budget, warn_at: [...budget.warn_at] },
      });
    },
    async remove(id: string): Promise<void> {
      budgets.value = await rpc.call('budgets.remove', { id });
    },
    /** Begins the running period of a budget anew. */
    async reset(id: string): Promise<void> {
      budgets.value = await rpc.call('budgets.reset', { id });
    },
  };
});

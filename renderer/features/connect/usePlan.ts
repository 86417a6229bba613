/** The change that would be written, worked out anew whenever the order changes. */
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue';
import type { ConnectPlan } from '../../../contract/rpc/procedures/connect.ts';
import type { Order } from '../../shared/utils/tool-wiring.ts';

/** Time without a change of the order before it is asked about, ms. */
const PAUSE = 200;

export interface Planning {
  /** Of the order as it is now; while another is worked out, the one before it. */
  readonly plan: Readonly<Ref<ConnectPlan | null>>;
  readonly failure: Readonly<Ref<unknown>>;
  /** The plan is not that of the order as it is now. */
  readonly stale: Readonly<Ref<boolean>>;
  readonly again: () => Promise<void>;
}

/**
 * @param order null while there is nothing to ask about
 * @param ask the gateway
 */
export function usePlan(
  order: Readonly<Ref<Order | null>>,
  ask: (order: Order) => Promise<ConnectPlan>,
): Planning {
  const plan = shallowRef<ConnectPlan | null>(null);
  const failure = shallowRef<unknown>(null);
  const stale = ref(false);
  let turn = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function again(): Promise<void> {
    clearTimeout(timer);
    turn += 1;
    const mine = turn;
    const wanted = order.value;
    if (wanted === null) {
      plan.value = null;
      failure.value = null;
      stale.value = false;
      return;
    }
    stale.value = true;
    try {
      const next = await ask(wanted);
      if (mine !== turn) return;
      plan.value = next;
      failure.value = null;
    } catch (error) {
      if (mine !== turn) return;
      plan.value = null;
      failure.value = error;
    }
    stale.value = false;
  }

  watch(
    () => JSON.stringify(order.value),
    (_text, before) => {
      clearTimeout(timer);
      turn += 1;
      stale.value = true;
      // The first is asked about at once; typing is waited out.
      if (before === undefined) void again();
      else timer = setTimeout(() => void again(), PAUSE);
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    clearTimeout(timer);
    turn += 1;
  });
  return { plan, failure, stale, again };
}

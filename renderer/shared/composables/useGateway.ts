/** State of the gateway: a snapshot, kept current by events. */
import { until } from '@vueuse/core';
import { computed, ref, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { GatewayStatus } from '../../../contract/rpc/procedures/gateway.ts';
import { useRpc } from '../rpc/rpc.ts';

export const useGateway = defineStore('gateway', () => {
  const rpc = useRpc();
  const status = shallowRef<GatewayStatus | null>(null);
  const failed = ref(false);
  /** Nobody answers right now: what is on the screen is what was known last. */
  const away = computed(() => rpc.connection.value === 'reconnecting' || failed.value);

  async function read(): Promise<void> {
    try {
      status.value = await rpc.call('gateway.status', {});
      failed.value = false;
    } catch {
      // The status bar says that the gateway does not answer; the next reset tries again.
      failed.value = true;
    }
  }

  /** @returns how to stop following */
  function follow(): () => void {
    const stop = rpc.subscribe(['gateway.changed'], (event) => {
      if (event.topic === 'gateway.changed') status.value = event.data;
      else void read();
    });
    void read();
    return stop;
  }

  /** Asks it. @returns whether anybody answered */
  async function answers(): Promise<boolean> {
    await read();
    return !failed.value;
  }

  /** Resolves as soon as it answers; at once where it does. */
  async function back(): Promise<void> {
    await until(away).toBe(false);
  }

  /** Stops or resumes answering tools. @throws RpcError as the gateway said it */
  async function pause(paused: boolean): Promise<void> {
    status.value = await rpc.call('gateway.pause', { paused });
  }

  return { status, failed, away, connection: rpc.connection, follow, pause, answers, back };
});

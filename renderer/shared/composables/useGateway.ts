/** State of the gateway: a snapshot, kept current by events. */
import { until } from '@vueuse/core';
import { computed, ref, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { GatewayStatus } from '../../../contract/rpc/procedures/gateway.ts';
import { useRpc } from '../rpc/rpc.ts';

/** ms until a state that could not be read is asked for again. */
const ASK_AGAIN = 3_000;

export const useGateway = defineStore('gateway', () => {
  const rpc = useRpc();
  const status = shallowRef<GatewayStatus | null>(null);
  const failed = ref(false);
  /** Nobody answers right now: what is on the screen is what was known last. */
  const away = computed(() => rpc.connection.value === 'reconnecting' || failed.value);

  let turn = 0;
  let again: ReturnType<typeof setTimeout> | undefined;
  /** Pages that keep it current. */
  let followers = 0;

  function take(next: GatewayStatus): void {
    turn += 1;
    clearTimeout(again);
    status.value = next;
    failed.value = false;
  }

  /** An answer that was overtaken by an event or a newer question is dropped. */
  async function read(): Promise<void> {
    turn += 1;
    const own = turn;
    clearTimeout(again);
    try {
      const answer = await rpc.call('gateway.status', {});
      if (own === turn) take(answer);
    } catch {
      if (own !== turn) return;
      // The status bar says that the gateway does not answer.
      failed.value = true;
      if (followers > 0) again = setTimeout(() => void read(), ASK_AGAIN);
    }
  }

  /** @returns how to stop following */
  function follow(): () => void {
    const stop = rpc.subscribe(['gateway.changed'], (event) => {
      if (event.topic === 'gateway.changed') take(event.data);
      else void read();
    });
    followers += 1;
    void read();
    return () => {
      stop();
      followers -= 1;
      if (followers === 0) clearTimeout(again);
    };
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
    take(await rpc.call('gateway.pause', { paused }));
  }

  return { status, failed, away, connection: rpc.connection, follow, pause, answers, back };
});

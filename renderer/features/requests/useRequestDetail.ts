/** One row in full, kept current while it runs. */
import { onScopeDispose, shallowRef, watch, type Ref } from 'vue';
import type { RequestRow } from '../../../contract/log/row.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';

export interface RequestDetail {
  readonly row: Readonly<Ref<RequestRow | null>>;
  readonly failure: Readonly<Ref<unknown>>;
  readonly read: () => Promise<void>;
}

/** @param id of the request shown; null for none */
export function useRequestDetail(id: Readonly<Ref<string | null>>): RequestDetail {
  const rpc = useRpc();
  const row = shallowRef<RequestRow | null>(null);
  const failure = shallowRef<unknown>(null);
  let reading = false;
  let again = false;

  async function read(): Promise<void> {
    const wanted = id.value;
    if (wanted === null) return;
    // Events come faster than answers: while one is out, the next waits.
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    try {
      const next = await rpc.call('requests.get', { id: wanted });
      if (id.value === wanted) {
        row.value = next;
        failure.value = null;
      }
    } catch (error) {
      if (id.value === wanted) failure.value = error;
    } finally {
      reading = false;
    }
    if (!again) return;
    again = false;
    await read();
  }

  watch(
    id,
    () => {
      row.value = null;
      failure.value = null;
      void read();
    },
    { immediate: true },
  );
  onScopeDispose(
    rpc.subscribe(['requests.changed'], (event) => {
      const changed =
        event.topic === 'reset' ||
        (event.topic === 'requests.changed' && event.data.some((one) => one.id === id.value));
      if (changed) void read();
    }),
  );
  return { row, failure, read };
}

/** A body of a request, read when somebody looks at it. */
import { shallowRef, watch, type Ref } from 'vue';
import type { StoredBody } from '../../../contract/log/row.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';

export interface Body {
  /** Null until it is there. */
  readonly body: Readonly<Ref<StoredBody | null>>;
  readonly failure: Readonly<Ref<unknown>>;
  readonly read: () => Promise<void>;
}

/** @param finished a request under way has no stored bodies yet; they are read when it ends */
export function useBody(
  id: Readonly<Ref<string>>,
  part: 'request' | 'response',
  finished: Readonly<Ref<boolean>>,
): Body {
  const rpc = useRpc();
  const body = shallowRef<StoredBody | null>(null);
  const failure = shallowRef<unknown>(null);

  async function read(): Promise<void> {
    const wanted = id.value;
    try {
      const next = await rpc.call('requests.body', { id: wanted, part });
      if (id.value !== wanted) return;
      body.value = next;
      failure.value = null;
    } catch (error) {
      if (id.value === wanted) failure.value = error;
    }
  }
  watch(
    [id, finished],
    () => {
      body.value = null;
      failure.value = null;
      if (finished.value) void read();
    },
    { immediate: true },
  );
  return { body, failure, read };
}

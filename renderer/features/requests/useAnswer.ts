/** What the model said, as the log put it together. */
import { shallowRef, watch, type Ref } from 'vue';
import type { AssembledAnswer } from '../../../contract/log/answer.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';

/** @returns null until it is there, and where there is none: the body is then all there is */
export function useAnswer(
  id: Readonly<Ref<string>>,
  wanted: Readonly<Ref<boolean>>,
): Readonly<Ref<AssembledAnswer | null>> {
  const rpc = useRpc();
  const answer = shallowRef<AssembledAnswer | null>(null);
  watch(
    [id, wanted],
    async () => {
      answer.value = null;
      if (!wanted.value) return;
      const asked = id.value;
      try {
        const next = await rpc.call('requests.answer', { id: asked });
        const nothing = next === null || (next.text + next.reasoning === '' && next.calls.length === 0);
        if (id.value === asked && !nothing) answer.value = next;
      } catch {
        // The body beside it tells what went wrong.
        answer.value = null;
      }
    },
    { immediate: true },
  );
  return answer;
}

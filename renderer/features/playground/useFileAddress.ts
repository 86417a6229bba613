/** An address under which the page can show a kept file; it is given back when nobody shows it any more. */
import { onScopeDispose, shallowRef, watch, type Ref } from 'vue';
import type { ChatFile } from '../../../contract/rpc/procedures/chat-content.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';
import { bytesOf } from './file-bytes.ts';

export interface FileAddress {
  /** Null until the file was read. */
  readonly address: Readonly<Ref<string | null>>;
  readonly failure: Readonly<Ref<unknown>>;
}

/** Pictures that a browser draws without running anything in them; others would be a file to open. */
const DRAWN = /^image\/(?:png|jpeg|gif|webp)$/;

/** @param file null while nothing is shown */
export function useFileAddress(file: () => ChatFile | null): FileAddress {
  const rpc = useRpc();
  const address = shallowRef<string | null>(null);
  const failure = shallowRef<unknown>(null);

  function giveBack(): void {
    if (address.value !== null) URL.revokeObjectURL(address.value);
    address.value = null;
  }
  watch(
    file,
    async (wanted) => {
      giveBack();
      failure.value = null;
      if (wanted === null || !DRAWN.test(wanted.mime)) return;
      try {
        const { base64 } = await rpc.call('chatFiles.get', { hash: wanted.hash });
        if (file()?.hash !== wanted.hash) return;
        giveBack();
        address.value = URL.createObjectURL(new Blob([bytesOf(base64)], { type: wanted.mime }));
      } catch (error) {
        if (file()?.hash === wanted.hash) failure.value = error;
      }
    },
    { immediate: true },
  );
  onScopeDispose(giveBack);
  return { address, failure };
}

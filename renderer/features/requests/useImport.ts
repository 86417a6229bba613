/** Sends a file with requests into the log, piece by piece. */
import { ref, shallowRef, type Ref } from 'vue';
import type { ImportState } from '../../../contract/rpc/procedures/request-transfer.ts';
import { LONGEST_PIECE } from '../../../contract/rpc/transfer-formats.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';

/** Characters of one piece. */
const PIECE = Math.min(1_000_000, LONGEST_PIECE);

export interface Import {
  readonly state: Readonly<Ref<ImportState | null>>;
  /** Share of the file that was sent, from 0 to 1; null while nothing is under way. */
  readonly share: Readonly<Ref<number | null>>;
  /** @returns false when it was cancelled. @throws RpcError, or DOMException when the file cannot be read */
  readonly run: (file: Blob) => Promise<boolean>;
  readonly cancel: () => void;
}

export function useImport(): Import {
  const rpc = useRpc();
  const state = shallowRef<ImportState | null>(null);
  const share = ref<number | null>(null);
  let cancelled = false;

  async function send(file: Blob): Promise<boolean> {
    let done = 0;
    while (done < file.size || done === 0) {
      // A piece never ends inside a character.
      const bytes = new Uint8Array(await file.slice(done, done + PIECE).arrayBuffer());
      const whole = done + bytes.length >= file.size ? bytes : bytes.subarray(0, endOfCharacter(bytes));
      done += whole.length;
      const last = done >= file.size;
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(whole);
      const id = state.value?.import;
      state.value = await rpc.call('requests.import', {
        text,
        last,
        ...(id === undefined ? {} : { import: id }),
      });
      share.value = file.size === 0 ? 1 : done / file.size;
      if (cancelled) return false;
      if (last) break;
    }
    return true;
  }

  return {
    state,
    share,
    async run(file) {
      cancelled = false;
      state.value = null;
      share.value = 0;
      try {
        return await send(file);
      } finally {
        share.value = null;
      }
    },
    cancel() {
      cancelled = true;
    },
  };
}

/** Where the last whole character of UTF-8 ends; a beginning byte is within the last four. */
export function endOfCharacter(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(4, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length - back + 1;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back >= length ? bytes.length - back + length : bytes.length - back;
    }
  }
  return bytes.length;
}

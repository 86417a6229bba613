/** Gathers a file with requests, piece by piece, and saves it. */
import { shallowRef, type Ref } from 'vue';
import type { ExportCursor, ExportPiece } from '../../../contract/rpc/procedures/request-transfer.ts';
import type { ExportFormat } from '../../../contract/rpc/transfer-formats.ts';
import type { RequestFilter } from '../../../contract/log/filter.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';
import { saveFile } from '../../shared/utils/save-file.ts';

export type Which = { readonly ids: readonly string[] } | { readonly filter: RequestFilter };

export interface Export {
  /** Rows so far and all of them; null while nothing is under way. */
  readonly progress: Readonly<Ref<{ readonly done: number; readonly of: number } | null>>;
  /** @returns whether it was saved; false when it was cancelled. @throws RpcError */
  readonly run: (format: ExportFormat, which: Which) => Promise<boolean>;
  readonly cancel: () => void;
}

export function useExport(): Export {
  const rpc = useRpc();
  const progress = shallowRef<{ readonly done: number; readonly of: number } | null>(null);
  /** Of the run under way; what an earlier one still brings is dropped. */
  let cancelled = new AbortController();

  async function gather(format: ExportFormat, which: Which, { signal }: AbortController): Promise<boolean> {
    const pieces: string[] = [];
    const asked = 'ids' in which ? { ids: [...which.ids] } : { filter: which.filter };
    let cursor: ExportCursor | null = null;
    do {
      const piece: ExportPiece = await rpc.call('requests.export', {
        format,
        which: asked,
        ...(cursor === null ? {} : { cursor }),
      });
      if (signal.aborted) return false;
      pieces.push(piece.text);
      progress.value = { done: piece.done, of: piece.of };
      cursor = piece.next;
      if (cursor === null) saveFile(pieces, withDay(piece.name), piece.mediaType);
    } while (cursor !== null);
    return true;
  }

  return {
    progress,
    async run(format, which) {
      const mine = new AbortController();
      cancelled = mine;
      progress.value = { done: 0, of: 0 };
      // Nobody who cancels waits for the piece that is on its way.
      const { promise: stopped, resolve: stop } = Promise.withResolvers<false>();
      mine.signal.addEventListener('abort', () => stop(false));
      try {
        return await Promise.race([gather(format, which, mine), stopped]);
      } finally {
        progress.value = null;
      }
    },
    cancel() {
      cancelled.abort();
    },
  };
}

/** `switchyard-requests.har` of the 26th: `switchyard-requests-2026-11-26.har`. */
function withDay(name: string): string {
  const now = new Date();
  const day = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  return name.replace(/(\.[a-z]+)?$/, `-${day}$1`);
}

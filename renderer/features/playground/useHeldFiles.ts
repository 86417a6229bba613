/** Files that only this page knows of, unsent ones and those of temporary chats, are not removed while it is open. */
import { useIntervalFn } from '@vueuse/core';
import type { ChatFile } from '../../../contract/rpc/procedures/chat-content.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';

/** The gateway keeps them for an hour; a page that slept through some of these still comes in time. ms */
const PACE = 900_000;
const MOST = 2_000;

export function useHeldFiles(files: () => readonly ChatFile[]): void {
  const rpc = useRpc();
  useIntervalFn(() => {
    const hashes = [...new Set(files().map(({ hash }) => hash))].slice(0, MOST);
    // Without an answer now, it is asked again in time.
    if (hashes.length > 0) void rpc.call('chatFiles.hold', { hashes }).catch(() => undefined);
  }, PACE);
}

/** Files that were attached and not sent yet, by what they are attached to. They live as long as the page. */
import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import type { ChatFile } from '../../../contract/rpc/procedures/chat-content.ts';

export const usePendingFiles = defineStore('playground-files', () => {
  const files = shallowReactive(new Map<string, readonly ChatFile[]>());
  return {
    all: (): readonly ChatFile[] => [...files.values()].flat(),
    of: (place: string): readonly ChatFile[] => files.get(place) ?? [],
    set(place: string, next: readonly ChatFile[]): void {
      if (next.length === 0) files.delete(place);
      else files.set(place, next);
    },
  };
});

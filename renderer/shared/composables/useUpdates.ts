/** Newer versions of the desktop app, as its host tells how far getting one is. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { UpdateView } from '../../../contract/rpc/updates.ts';
import { useDesktop } from '../rpc/desktop.ts';

export const useUpdates = defineStore('updates', () => {
  const desktop = useDesktop();
  /** Null in a browser, and until the host has told. */
  const view = shallowRef<UpdateView | null>(null);

  function host() {
    if (desktop === null) throw new Error('This page is not in the desktop app.');
    return desktop;
  }

  return {
    present: desktop !== null,
    view,
    /** @returns how to stop */
    follow(): () => void {
      const leaving = new AbortController();
      const tell = (told: UpdateView): void => {
        view.value = told;
      };
      // It ends when the page goes.
      desktop?.follow('updates.follow', {}, tell, leaving.signal).catch(() => undefined);
      return () => leaving.abort();
    },
    check: () => host().call('updates.check', {}),
    download: () => host().call('updates.download', {}),
    cancel: () => host().call('updates.cancel', {}),
    install: (when: 'now' | 'on-quit' | 'later') => host().call('updates.install', { when }),
  };
});

/**
 * A page is fetched when it is first opened. One that does not come is told in full; the page before it is kept
 * underneath, and the wanted one comes by itself as soon as the gateway serves it.
 */
import { shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { RouteLocationNormalized, Router } from 'vue-router';
import { useGateway } from '../../shared/composables/useGateway.ts';
import { holdsText } from '../useUnsent.ts';
import { isMissingFile } from './page-fault.ts';

export interface LostPage {
  readonly to: RouteLocationNormalized;
  /** `away`: nobody serves it; `gone`: the gateway has no such file any more; `broken`: it came, and fails. */
  readonly why: 'away' | 'gone' | 'broken';
  readonly message: string;
}

/** What a page can do about files of another version: load itself anew, once. */
export interface Reloading {
  /** @param mark which files these are @returns false where that was tried for them before */
  readonly isNew: (mark: string) => boolean;
  /** Loads the interface anew, at this address. */
  readonly reload: (href: string) => void;
}

export const useLostPage = defineStore('lostPage', () => {
  const gateway = useGateway();
  const lost = shallowRef<LostPage | null>(null);
  /** The gateway answered, and was asked for the page once more. */
  let asked: RouteLocationNormalized | null = null;
  let wanted: RouteLocationNormalized | null = null;

  async function find(
    router: Router,
    reloading: Reloading,
    error: unknown,
    to: RouteLocationNormalized,
  ): Promise<void> {
    const message = error instanceof Error ? error.message : String(error);
    const again = asked?.fullPath === to.fullPath;
    wanted = to;
    if (!isMissingFile(message)) {
      lost.value = { to, why: 'broken', message };
      return;
    }
    const served = await gateway.answers();
    if (wanted !== to) return;
    if (served && again) {
      asked = null;
      lost.value = { to, why: 'gone', message };
      // Nothing is lost by it, and a person would do just that.
      if (!holdsText(document) && reloading.isNew(to.fullPath)) reloading.reload(router.resolve(to).href);
      return;
    }
    if (!served) {
      lost.value = { to, why: 'away', message };
      await gateway.back();
      // The user went elsewhere meanwhile.
      if (wanted !== to) return;
    }
    asked = to;
    open(router, to);
  }

  /** A failure comes back as one of the router's errors. */
  function open(router: Router, to: RouteLocationNormalized): void {
    router.push(to.fullPath).catch(() => undefined);
  }

  /** Call before the router begins. */
  function follow(router: Router, reloading: Reloading): void {
    router.onError((error, to) => void find(router, reloading, error, to));
    router.afterEach(() => {
      lost.value = null;
      wanted = null;
      asked = null;
    });
  }

  return { lost, follow };
});

/** Where a tab remembers which files it loaded itself anew for. */
const MARK = 'switchyard.loaded-anew';

export const browserReloading: Reloading = {
  isNew(path) {
    const mark = `${path} ${document.querySelector('script[type=module]')?.getAttribute('src') ?? ''}`;
    try {
      if (sessionStorage.getItem(MARK) === mark) return false;
      sessionStorage.setItem(MARK, mark);
      return true;
    } catch {
      // Without a memory it could go on for ever.
      return false;
    }
  },
  reload(href) {
    window.history.pushState(null, '', href);
    window.location.reload();
  },
};

/** Pages that were not opened yet are fetched while nobody waits for anything, so that opening one waits for no file. */
import { onMounted, onScopeDispose } from 'vue';
import { loadRouteLocation, useRouter } from 'vue-router';
import { PAGES } from './pages.ts';

/** The first page asks its questions and fetches its charts before anything else, ms. */
const PAUSE = 1_000;

type Load = () => Promise<unknown>;

/**
 * Call in the setup of what stands around the pages.
 * @param others further parts, fetched after the pages
 * @param quiet resolves when the page has nothing else to do; one that is never quiet fetches nothing ahead
 */
export function usePagesAhead(others: readonly Load[], quiet: () => Promise<void> = untilQuiet()): void {
  const router = useRouter();
  const pages = PAGES.map(({ name }) => page(name));
  let gone = false;

  function page(name: string): Load {
    return () => loadRouteLocation(router.resolve({ name }));
  }
  async function fetchAhead(): Promise<void> {
    for (const load of [...pages, ...others]) {
      await quiet();
      if (gone) return;
      await load();
    }
  }
  // One that does not come is told when somebody opens it; until then nobody misses it, or the ones after it.
  onMounted(() => void fetchAhead().catch(() => undefined));
  onScopeDispose(() => {
    gone = true;
  });
}

function untilQuiet(): () => Promise<void> {
  const paused = new Promise((resolve) => setTimeout(resolve, PAUSE));
  return async () => {
    await paused;
    await new Promise<void>((resolve) => {
      // Safari has no such call.
      if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve());
      else setTimeout(resolve, PAUSE);
    });
  };
}

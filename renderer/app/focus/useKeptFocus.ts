/**
 * The focus is never lost to nowhere: when what had it leaves (a row that was deleted, a button whose act is over, a
 * dialog whose opener is gone) it goes to what stands in its place. Whoever works with a pointer is left alone.
 */
import { useEventListener } from '@vueuse/core';
import { onScopeDispose } from 'vue';
import { canHold, nextFocus } from './next-focus.ts';
import { watchFocus, type WatchedFocus } from './watched-focus.ts';

/** A control that is disabled while its act runs is often back sooner, ms. */
const PATIENCE = 600;

export function useKeptFocus(): void {
  /** The last of the page, and of what lies over it: dialogs, menus, notes. */
  let inPage: WatchedFocus | null = null;
  let over: WatchedFocus | null = null;
  let byPointer = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function watch(element: HTMLElement): void {
    over?.end();
    over = null;
    const watched = watchFocus(element, () => look(0));
    if (element.closest('#app') === null || element.closest('[data-toast]') !== null) {
      over = watched;
      return;
    }
    inPage?.end();
    inPage = watched;
  }

  /** Once those who bring the focus back by themselves had their turn. */
  function look(after: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => restore(after > 0), after);
  }

  function restore(waited: boolean): void {
    const last = over ?? inPage;
    if (last === null || byPointer || hasFocus()) return;
    if (!canHold(last.element) && last.element.isConnected && !waited) return look(PATIENCE);
    const next = canHold(last.element)
      ? last.element
      : (nearest(over) ?? nearest(inPage) ?? document.querySelector('main'));
    // A row may have left because its long list is being scrolled: that goes on.
    next?.focus({ preventScroll: true });
  }

  useEventListener(document, 'focusin', ({ target }) => {
    clearTimeout(timer);
    if (target instanceof HTMLElement && target !== document.body) watch(target);
  });
  useEventListener(document, 'pointerdown', () => (byPointer = true), { capture: true });
  useEventListener(document, 'keydown', () => (byPointer = false), { capture: true });
  onScopeDispose(() => {
    clearTimeout(timer);
    inPage?.end();
    over?.end();
  });
}

const hasFocus = (): boolean =>
  document.activeElement !== null &&
  document.activeElement !== document.body &&
  document.activeElement !== document.documentElement;

function nearest(watched: WatchedFocus | null): HTMLElement | null {
  if (watched === null) return null;
  const { element, gap } = watched;
  if (canHold(element)) return element;
  const left = gap();
  if (left !== null) return left.parent.isConnected ? nextFocus(left) : null;
  const parent = element.parentElement;
  return parent === null || !element.isConnected ? null : nextFocus({ parent, previous: element, place: 0 });
}

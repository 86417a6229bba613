/** Keys of the whole page; the list handles those that move in it. */
import { useShortcuts } from '../../shared/composables/useShortcuts.ts';
import { usePicks } from './picks.ts';
import { useRequests } from './store.ts';

export function useListShortcuts(page: {
  /** Whether a detail is open. */
  readonly opened: () => boolean;
  readonly close: () => void;
  /** Goes on in the list from wherever the focus is. */
  readonly step: (rows: number) => void;
}): void {
  const store = useRequests();
  const picks = usePicks();
  useShortcuts([
    { keys: ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'], label: 'shortcuts.move' },
    { keys: ['j', 'k'], label: 'shortcuts.step', act: ({ key }) => page.step(key === 'j' ? 1 : -1) },
    { keys: ['Enter'], label: 'shortcuts.open' },
    { keys: [' '], label: 'shortcuts.pick' },
    {
      keys: ['Escape'],
      label: 'shortcuts.close',
      act: () => {
        if (page.opened()) page.close();
        else picks.clear();
      },
    },
    {
      keys: ['p'],
      label: 'shortcuts.pause',
      act: () => {
        store.live = !store.live;
      },
    },
  ]);
}

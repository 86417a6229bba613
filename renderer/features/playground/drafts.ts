/** What was typed and not sent yet, kept in this browser until it is. */
import { useLocalStorage } from '@vueuse/core';

/** The newest drafts that are kept, and characters of each. */
const MOST = 20;
const LONGEST = 100_000;

export interface Drafts {
  read(id: string): string;
  write(id: string, text: string): void;
}

/** @returns drafts by the id of their conversation */
export function useDrafts(): Drafts {
  // Storage may be blocked or full: then drafts live as long as the page.
  const drafts = useLocalStorage<Record<string, string>>(
    'switchyard.playground.drafts',
    {},
    {
      onError: () => undefined,
    },
  );
  return {
    read: (id) => drafts.value[id] ?? '',
    write(id, text) {
      const others = Object.entries(drafts.value).filter(([other]) => other !== id);
      const mine: [string, string][] = text === '' ? [] : [[id, text.slice(0, LONGEST)]];
      drafts.value = Object.fromEntries([...others, ...mine].slice(-MOST));
    },
  };
}

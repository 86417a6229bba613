/** What was typed and not sent yet, kept in this browser until it is. */
import { useLocalStorage } from '@vueuse/core';
import { shallowRef } from 'vue';

/** The newest drafts that are kept, and characters of each; one that is longer lives as long as the page, uncut. */
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
  const long = shallowRef<ReadonlyMap<string, string>>(new Map());
  return {
    read: (id) => long.value.get(id) ?? drafts.value[id] ?? '',
    write(id, text) {
      const others = Object.entries(drafts.value).filter(([other]) => other !== id);
      const isLong = text.length > LONGEST;
      const otherLong = [...long.value].filter(([other]) => other !== id);
      long.value = new Map(isLong ? [...otherLong, [id, text]] : otherLong);
      const mine: [string, string][] = text === '' || isLong ? [] : [[id, text]];
      drafts.value = Object.fromEntries([...others, ...mine].slice(-MOST));
    },
  };
}

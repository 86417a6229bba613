/** What was used in the palette lately, kept in this browser where storage is allowed. */

/** Kept ids. */
const MOST = 20;
const KEY = 'switchyard.palette.lately';

export interface Lately {
  /** Ids, the last used first. */
  read(): readonly string[];
  add(id: string): void;
}

export function createLately(storage: () => Pick<Storage, 'getItem' | 'setItem'>): Lately {
  function read(): readonly string[] {
    try {
      const kept: unknown = JSON.parse(storage().getItem(KEY) ?? '[]');
      return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string').slice(0, MOST) : [];
    } catch {
      // Storage is blocked, or holds what somebody else wrote: nothing is known.
      return [];
    }
  }
  return {
    read,
    add(id) {
      try {
        storage().setItem(
          KEY,
          JSON.stringify([id, ...read().filter((other) => other !== id)].slice(0, MOST)),
        );
      } catch {
        // As above.
      }
    },
  };
}

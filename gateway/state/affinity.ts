/** Where conversations were served last: in memory, the least recently served forgotten first. */
import type { Origin } from '../core/canonical/signature.ts';

interface Served {
  readonly origin: Origin;
  readonly signed: boolean;
  readonly at: number;
}

/** @param most conversations remembered */
export function createAffinity(most = 10_000): {
  readonly size: number;
  get(conversation: string): Served | undefined;
  put(conversation: string, served: Served): void;
} {
  const known = new Map<string, Served>();
  return {
    get size() {
      return known.size;
    },
    get: (conversation) => known.get(conversation),
    put(conversation, served) {
      known.delete(conversation);
      known.set(conversation, served);
      const [oldest] = known.keys();
      if (known.size > most && oldest !== undefined) known.delete(oldest);
    },
  };
}

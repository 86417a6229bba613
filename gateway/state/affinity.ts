/** Where conversations were served last: in memory, the least recently served forgotten first. */
import type { Origin } from '../core/canonical/signature.ts';

const MOST = 10_000;

export function createAffinity(most = MOST): {
  get(conversation: string): Origin | undefined;
  put(conversation: string, origin: Origin): void;
} {
  const known = new Map<string, Origin>();
  return {
    get: (conversation) => known.get(conversation),
    put(conversation, origin) {
      known.delete(conversation);
      known.set(conversation, origin);
      const [oldest] = known.keys();
      if (known.size > most && oldest !== undefined) known.delete(oldest);
    },
  };
}

/** How much each client may ask: requests in any 60 seconds, and requests at once. */
import type { ClientLimits, ClientPlaces, ClientUse } from '../core/client-limits.ts';
import type { Clock } from '../core/ports.ts';

const MINUTE = 60_000;

interface Use {
  underWay: number;
  /** Monotonic ms at which requests of the last minute were let in, the oldest first. */
  times: number[];
}

export function createClientPlaces(clock: Clock): ClientPlaces {
  const uses = new Map<string, Use>();

  function useOf(client: string, rpm: number, now: number): Use {
    const use = uses.get(client) ?? { underWay: 0, times: [] };
    uses.set(client, use);
    if (rpm > 0) {
      const since = use.times.findIndex((time) => time > now - MINUTE);
      use.times = since < 0 ? [] : use.times.slice(since);
    }
    return use;
  }

  function crowdedAt(
    { times, underWay }: Use,
    { rpm, atOnce }: ClientLimits,
    now: number,
  ): ClientUse['crowded'] {
    // The limit may have been lowered: the last `rpm` of them must be gone.
    const blocking = rpm > 0 ? times.at(-rpm) : undefined;
    if (blocking !== undefined) return { kind: 'too-many', wait: blocking + MINUTE - now };
    return atOnce > 0 && underWay >= atOnce ? { kind: 'too-many-at-once' } : null;
  }

  return {
    look(client, limits) {
      const now = clock.monotonic();
      const use = useOf(client, limits.rpm, now);
      return { used: use.times.length, underWay: use.underWay, crowded: crowdedAt(use, limits, now) };
    },

    take(client, limits) {
      const now = clock.monotonic();
      const use = useOf(client, limits.rpm, now);
      const crowded = crowdedAt(use, limits, now);
      if (crowded !== null) return crowded;
      if (limits.rpm > 0) use.times.push(now);
      use.underWay += 1;
      let over = false;
      return {
        kind: 'taken',
        release() {
          if (over) return;
          over = true;
          use.underWay -= 1;
        },
      };
    },
  };
}

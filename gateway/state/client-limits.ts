/** How much each client may ask: requests in any 60 seconds, and requests at once. */
import type { ClientLimits, ClientPlaces } from '../core/client-limits.ts';
import type { Clock } from '../core/ports.ts';

const MINUTE = 60_000;

interface Use {
  underWay: number;
  /** Monotonic ms at which requests of the last minute were let in, the oldest first. */
  times: number[];
}

export function createClientPlaces(clock: Clock): ClientPlaces {
  const uses = new Map<string, Use>();

  return {
    take(client: string, { rpm, atOnce }: ClientLimits) {
      const use = uses.get(client) ?? { underWay: 0, times: [] };
      uses.set(client, use);
      const now = clock.monotonic();
      if (rpm > 0) {
        const since = use.times.findIndex((time) => time > now - MINUTE);
        use.times = since < 0 ? [] : use.times.slice(since);
        // The limit may have been lowered: the last `rpm` of them must be gone.
        const blocking = use.times.at(-rpm);
        if (blocking !== undefined) return { kind: 'too-many', wait: blocking + MINUTE - now };
      }
      if (atOnce > 0 && use.underWay >= atOnce) return { kind: 'too-many-at-once' };
      if (rpm > 0) use.times.push(now);
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

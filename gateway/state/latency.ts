/** How long places take to their first content, by the answers of the last minutes. */
import type { Clock } from '../core/ports.ts';
import type { Latencies } from '../routing/memory.ts';
import type { Target } from '../routing/snapshot.ts';

/** Share of the newest measurement. */
const NEWEST = 0.3;
/** A measurement is believed this long, ms. */
const BELIEVED = 600_000;
/** Places remembered; the least recently measured goes first. */
const MOST = 1_000;

export function createLatencies(clock: Clock): Latencies {
  const known = new Map<string, { value: number; at: number }>();
  // Whole answers take longer than first contents: the two are not compared with each other.
  const nameOf = ({ provider, model }: Target, streamed: boolean): string =>
    `${streamed ? 'stream' : 'whole'} ${provider}/${model}`;
  const isFresh = (at: number): boolean => clock.monotonic() - at < BELIEVED;

  /** Looked for among all of them: a place that was never measured before is rare, one that was comes with every answer. */
  function forgetOldest(): void {
    let oldest = '';
    let since = Infinity;
    for (const [name, { at }] of known) {
      if (at >= since) continue;
      oldest = name;
      since = at;
    }
    known.delete(oldest);
  }

  return {
    get(target, streamed) {
      const found = known.size === 0 ? undefined : known.get(nameOf(target, streamed));
      return found !== undefined && isFresh(found.at) ? found.value : undefined;
    },
    measured(target, streamed, milliseconds) {
      const name = nameOf(target, streamed);
      const found = known.get(name);
      if (found === undefined) {
        if (known.size >= MOST) forgetOldest();
        known.set(name, { value: milliseconds, at: clock.monotonic() });
        return;
      }
      found.value = isFresh(found.at) ? found.value + NEWEST * (milliseconds - found.value) : milliseconds;
      found.at = clock.monotonic();
    },
  };
}

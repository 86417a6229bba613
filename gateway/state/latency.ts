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
  const known = new Map<string, { readonly value: number; readonly at: number }>();
  // Whole answers take longer than first contents: the two are not compared with each other.
  const nameOf = ({ provider, model }: Target, streamed: boolean): string =>
    `${streamed ? 'stream' : 'whole'} ${provider}/${model}`;
  const fresh = (name: string): number | undefined => {
    const found = known.get(name);
    return found !== undefined && clock.monotonic() - found.at < BELIEVED ? found.value : undefined;
  };

  return {
    get: (target, streamed) => (known.size === 0 ? undefined : fresh(nameOf(target, streamed))),
    measured(target, streamed, milliseconds) {
      const name = nameOf(target, streamed);
      const before = fresh(name) ?? milliseconds;
      known.delete(name);
      known.set(name, { value: before + NEWEST * (milliseconds - before), at: clock.monotonic() });
      const [oldest] = known.keys();
      if (known.size > MOST && oldest !== undefined) known.delete(oldest);
    },
  };
}

/** What only time changes: state that is told again and again, and a machine that slept in between. */
import type { EventHub } from '../control/event-hub.ts';
import type { Clock, Logger } from '../core/ports.ts';
import type { Upstream } from '../core/upstream.ts';
import { every } from './timers.ts';

/** State that only time changes is published this often while somebody looks, ms. */
const PULSE = 2_000;
/** A pulse that comes so much late was held up by a sleep, or the clock was set, ms. */
const SLEPT = 30_000;

export interface Beats {
  /** The system is about to sleep: no socket is left that would be dead afterwards. */
  readonly sleeps: () => void;
  /** The system woke. Hosts that are told by it call this; otherwise the gateway notices by itself. */
  readonly woke: () => void;
  readonly stop: () => void;
}

export function createBeats(ports: {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly hub: Pick<EventHub, 'listening' | 'reset'>;
  readonly upstream: Pick<Upstream, 'renew'>;
  /** Publishes the state. */
  readonly pulse: () => void;
}): Beats {
  const { clock, logger, hub, upstream, pulse } = ports;
  const now = () => ({ wall: clock.wall(), monotonic: clock.monotonic() });
  let before = now();

  function woke(): void {
    before = now();
    logger.info('The machine woke from a sleep: kept connections are given up, figures are read anew');
    upstream.renew();
    // Whatever user interfaces show is from before: they read everything again.
    hub.reset();
  }

  const stop = every(clock, PULSE, () => {
    const { wall, monotonic } = before;
    before = now();
    // Only one of the two clocks counts a sleep, and which one depends on the system.
    if (Math.max(before.wall - wall, before.monotonic - monotonic) > PULSE + SLEPT) woke();
    if (hub.listening) pulse();
  });

  return { sleeps: () => upstream.renew(), woke, stop };
}

/** A timer that can be put off very often at no cost: it looks at the clock only when it fires. */
import type { Clock } from './ports.ts';

export interface Watchdog {
  /** Something happened: count from now again. */
  touch(): void;
  readonly stop: () => void;
}

/** A timer later than this was held up: the machine slept, or the process was stopped or too busy, ms. */
const LATE = 500;
/** For what arrived meanwhile, and for a network that has to come up again, ms. */
const GRACE = 10_000;

/**
 * Calls `expired` once when `span` ms passed without a touch. Timers run before sockets are read, so one that comes
 * late knows nothing of what arrived while everything stood still: then there is a little more time.
 */
export function startWatchdog(clock: Clock, span: number, expired: () => void): Watchdog {
  let last = clock.monotonic();
  let due = last + span;
  let cancel = clock.after(span, check);
  /** The touch whose silence was given more time: once, or a process that is always busy never ends anything. */
  let given: number | undefined;

  function check(): void {
    const now = clock.monotonic();
    const more = now - due > LATE && given !== last ? Math.min(span, GRACE) : 0;
    if (more > 0) given = last;
    const left = Math.max(last + span - now, more);
    if (left <= 0) return expired();
    due = now + left;
    cancel = clock.after(Math.ceil(left), check);
  }

  return {
    touch: () => {
      last = clock.monotonic();
    },
    stop: () => cancel(),
  };
}

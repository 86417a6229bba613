/** A timer that can be put off very often at no cost: it looks at the clock only when it fires. */
import type { Clock } from '../core/ports.ts';

export interface Watchdog {
  /** Something happened: count from now again. */
  touch(): void;
  stop(): void;
}

/** Calls `expired` once when `span` ms passed without a touch. */
export function startWatchdog(clock: Clock, span: number, expired: () => void): Watchdog {
  let last = clock.monotonic();
  let cancel = clock.after(span, check);

  function check(): void {
    const left = last + span - clock.monotonic();
    if (left <= 0) expired();
    else cancel = clock.after(Math.ceil(left), check);
  }

  return {
    touch: () => {
      last = clock.monotonic();
    },
    stop: () => cancel(),
  };
}

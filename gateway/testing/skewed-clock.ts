/** The system's clock with real timers, but ahead: as after a sleep, or after the user has set it. */
import { systemClock } from '../system-clock.ts';
import type { Clock } from '../core/ports.ts';

export interface SkewedClock extends Clock {
  /** Both clocks move on. */
  pass(milliseconds: number): void;
  /** The wall clock alone moves, either way. */
  jump(milliseconds: number): void;
}

export function createSkewedClock(): SkewedClock {
  let passed = 0;
  let jumped = 0;
  return {
    wall: () => systemClock.wall() + passed + jumped,
    monotonic: () => systemClock.monotonic() + passed,
    after: (...timer) => systemClock.after(...timer),
    pass(milliseconds) {
      passed += milliseconds;
    },
    jump(milliseconds) {
      jumped += milliseconds;
    },
  };
}

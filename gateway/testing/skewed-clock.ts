/** The system's clock with real timers, but ahead: as after a sleep, or after the user has set it. */
import { systemClock } from '../system-clock.ts';
import type { Clock } from '../core/ports.ts';

export interface SkewedClock extends Clock {
  /** Both clocks move on. */
  pass(milliseconds: number): void;
  /** The wall clock alone moves, either way. */
  jump(milliseconds: number): void;
  /** Both clocks stand until `go`: what a test looks at first may take a busy machine any time. */
  stand(): void;
  go(): void;
}

export function createSkewedClock(): SkewedClock {
  let passed = 0;
  let jumped = 0;
  let stoodSince: number | undefined;
  const stood = (): number => (stoodSince === undefined ? 0 : systemClock.monotonic() - stoodSince);
  return {
    wall: () => systemClock.wall() + passed + jumped - stood(),
    monotonic: () => systemClock.monotonic() + passed - stood(),
    after: (...timer) => systemClock.after(...timer),
    pass(milliseconds) {
      passed += milliseconds;
    },
    jump(milliseconds) {
      jumped += milliseconds;
    },
    stand() {
      stoodSince ??= systemClock.monotonic();
    },
    go() {
      passed -= stood();
      stoodSince = undefined;
    },
  };
}

/** A real clock whose short timers do not run out while the machine, or this process, is too busy to be in time. */
import type { Clock } from '../core/ports.ts';
import { realClock } from './test-gateway.ts';

/** In so many steps a timer runs; between two of them all that has arrived is read. */
const STEPS = 20;

/** @param most ms; longer timers are left alone */
export function createPatientClock(most: number): Clock {
  return {
    ...realClock,
    after(delay, task) {
      if (delay > most) return realClock.after(delay, task);
      let left = STEPS;
      let timer: NodeJS.Timeout | undefined;
      let turn: NodeJS.Immediate | undefined;
      const step = (): void => {
        left -= 1;
        if (left < 0) return task();
        // Timers that are late all run at once; an immediate runs after sockets were looked at.
        timer = setTimeout(() => {
          turn = setImmediate(step);
        }, delay / STEPS);
      };
      step();
      return () => {
        clearTimeout(timer);
        clearImmediate(turn);
      };
    },
  };
}

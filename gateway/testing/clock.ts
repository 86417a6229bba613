/** A clock that stands still until it is stepped; timers fire in order while it is. */
import type { Clock } from '../core/ports.ts';

export interface SteppedClock extends Clock {
  /** Moves both clocks on, firing what falls due on the way. */
  step(milliseconds: number): void;
  /** Moves both clocks on while nothing runs, as a sleep or a blocked thread does: timers that fall due run late. */
  standStill(milliseconds: number): void;
  /** Moves the wall clock alone, as a user setting the time does. */
  setWall(milliseconds: number): void;
}

export function createSteppedClock(wall = Date.UTC(2026, 10, 21)): SteppedClock {
  let now = 1_000;
  let wallNow = wall;
  const timers = new Map<number, { due: number; task: () => void }>();
  let nextId = 0;

  return {
    wall: () => wallNow,
    monotonic: () => now,
    after(delay, task) {
      const id = (nextId += 1);
      timers.set(id, { due: now + delay, task });
      return () => timers.delete(id);
    },
    step(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const [id, timer] = [...timers].sort(([, left], [, right]) => left.due - right.due)[0] ?? [];
        if (id === undefined || timer === undefined || timer.due > end) break;
        timers.delete(id);
        wallNow += Math.max(0, timer.due - now);
        now = Math.max(now, timer.due);
        timer.task();
      }
      wallNow += end - now;
      now = end;
    },
    standStill(milliseconds) {
      now += milliseconds;
      wallNow += milliseconds;
    },
    setWall(milliseconds) {
      wallNow = milliseconds;
    },
  };
}

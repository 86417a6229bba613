/** The clocks of the machine, for hosts to pass in. */
import type { Clock } from './core/ports.ts';

/** The longest delay of a Node timer, ms; more would fire at once. */
const LONGEST_DELAY = 2_147_483_647;

export const systemClock: Clock = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  after(delay, task) {
    const timer = setTimeout(task, Math.min(delay, LONGEST_DELAY));
    return () => clearTimeout(timer);
  },
};

/** CPU time of the thread that asks, ms. */
export function systemThreadTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

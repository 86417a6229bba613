/** When new requests are sent away at once, so that those under way can end. Pure. */
import type { Overload } from '../core/load.ts';

export interface LoadLimits {
  /** Requests under way; 0: no limit. */
  readonly inFlight: number;
  /** Time for which the thread may be blocked, ms; 0: any. */
  readonly loopDelay: number;
}

/** The thread has kept up again for so long when new requests are let in, ms. */
export const CALM = 1_000;
/** With fewer requests under way it is not their number that blocks the thread: sending one away helps nobody. */
export const FEW = 8;

/**
 * For how long the thread was blocked by its own work, ms. A machine that slept, a process that was stopped or one
 * that had to wait for its turn is late as well, but has not too much to do.
 * @param late how much later than due a timer came, ms
 * @param worked CPU time of the thread since the timer was set, ms
 */
export function blockedFor(late: number, worked: number): number {
  return Math.max(0, Math.min(late, worked));
}

/** @returns monotonic ms until which the thread counts as busy. Once it is, half the delay keeps it so */
export function busyUntil(until: number, now: number, blocked: number, limit: number): number {
  const enough = now < until ? limit / 2 : limit;
  return limit > 0 && blocked >= enough ? now + CALM : until;
}

/** @param busy monotonic ms until which the thread is */
export function overloadOf(underWay: number, now: number, busy: number, limits: LoadLimits): Overload | null {
  if (limits.inFlight > 0 && underWay >= limits.inFlight) return 'full';
  return limits.loopDelay > 0 && underWay >= FEW && now < busy ? 'busy' : null;
}

/** What a process that was killed may have lost: the last second and what writing it takes, on a machine as busy as this. */

/** A second, and another one to write what it brought, ms. */
const LATEST = 2_000;
/** A process that reports every few milliseconds and is late by so much gets its writing done late many times over. */
const STEPS = 10;

/** @param reported when it reported something, Unix ms in order. @returns ms before the last report */
export function lastMoments(reported: readonly number[]): number {
  const gaps = reported.slice(1).map((at, index) => at - (reported[index] ?? at));
  return LATEST + STEPS * Math.max(0, ...gaps);
}

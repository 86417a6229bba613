/** How long figures rest between two readings: over many rows they are read less often. All times in ms. */

/** Shortest time between two readings. */
const SHORTEST = 3_000;
/** Whoever looks waits no longer for what has come since. */
const LONGEST = 30_000;
/** A reading takes at most this share of the time. */
const SHARE = 1 / 20;

/**
 * The quicker of the last two readings counts: one that was held up, as the first may be at the start, says nothing.
 * @returns what tells the pause after a reading by the time that took
 */
export function createPace(): (took: number) => number {
  let last = 0;
  return (took) => {
    const usual = Math.min(took, last);
    last = took;
    return Math.min(LONGEST, Math.max(SHORTEST, usual / SHARE));
  };
}

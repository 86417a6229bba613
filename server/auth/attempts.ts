/** Slows down guessing: after five failures an account or an address waits, longer with each further failure. */
import type { Clock } from '../../gateway/index.ts';

const FREE_FAILURES = 5;
const FIRST_WAIT = 30_000;
const LONGEST_WAIT = 15 * 60_000;
/** Failures are forgotten after this time without a try, ms. */
const FORGOTTEN_AFTER = 60 * 60_000;
/** Names remembered at once; the ones used longest ago go first, so the account itself never does. */
const MOST_NAMES = 10_000;

interface Record {
  readonly failures: number;
  readonly lastTry: number;
  readonly lockedUntil: number;
}

export interface Attempts {
  /**
   * Begins one try under every name (an account, an address). It counts as failed until `succeed` says
   * otherwise, so fifty tries at once get no further than fifty in a row.
   * @returns 0 when the try may go on, else the ms to wait; then nothing was counted
   */
  begin(names: readonly string[]): number;
  /** The try succeeded: its names start afresh. */
  succeed(names: readonly string[]): void;
}

/** @param clock of which the monotonic side is used: setting the time opens no lock */
export function createAttempts(clock: Pick<Clock, 'monotonic'>): Attempts {
  const records = new Map<string, Record>();

  const failuresOf = (name: string, now: number): number => {
    const record = records.get(name);
    return record === undefined || now - record.lastTry > FORGOTTEN_AFTER ? 0 : record.failures;
  };

  return {
    begin(names) {
      const now = clock.monotonic();
      const wait = Math.max(0, ...names.map((name) => (records.get(name)?.lockedUntil ?? 0) - now));
      if (wait > 0) return wait;
      for (const name of names) {
        const failures = failuresOf(name, now) + 1;
        const doubled = FIRST_WAIT * 2 ** Math.min(failures - FREE_FAILURES, 10);
        const lockedUntil = failures < FREE_FAILURES ? 0 : now + Math.min(doubled, LONGEST_WAIT);
        records.delete(name);
        records.set(name, { failures, lastTry: now, lockedUntil });
      }
      for (const oldest of records.keys()) {
        if (records.size <= MOST_NAMES) break;
        records.delete(oldest);
      }
      return 0;
    },
    succeed(names) {
      for (const name of names) records.delete(name);
    },
  };
}

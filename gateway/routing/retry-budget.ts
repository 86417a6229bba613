/**
 * How many requests of the whole process may be sent once more (DESIGN section 6): when everything fails, trying
 * again makes it worse. Counts in seconds; the clock is a parameter.
 */
import type { Clock } from '../core/ports.ts';

export interface RetryBudgetLimits {
  /** Of the requests of the last while. */
  readonly share: number;
  /** However few requests there were. */
  readonly atLeast: number;
  /** The last while, ms. */
  readonly window: number;
}

export const RETRY_BUDGET: RetryBudgetLimits = { share: 0.2, atLeast: 3, window: 10_000 };

export interface RetryBudget {
  /** A request arrived. */
  readonly arrived: () => void;
  /** Takes one retry. @returns false when none is left */
  readonly spend: () => boolean;
}

/** Counts of one second, ms. */
const SLICE = 1_000;

interface Slice {
  readonly number: number;
  requests: number;
  retries: number;
}

export function createRetryBudget(
  clock: Pick<Clock, 'monotonic'>,
  limits: () => RetryBudgetLimits = () => RETRY_BUDGET,
): RetryBudget {
  let slices: Slice[] = [];

  function current(): Slice {
    const number = Math.floor(clock.monotonic() / SLICE);
    const last = slices.at(-1);
    if (last?.number === number) return last;
    const oldest = number - Math.ceil(limits().window / SLICE);
    const fresh = { number, requests: 0, retries: 0 };
    slices = [...slices.filter((slice) => slice.number > oldest), fresh];
    return fresh;
  }

  return {
    arrived() {
      current().requests += 1;
    },
    spend() {
      const now = current();
      const { share, atLeast } = limits();
      const requests = slices.reduce((sum, slice) => sum + slice.requests, 0);
      const retries = slices.reduce((sum, slice) => sum + slice.retries, 0);
      if (retries >= Math.max(atLeast, share * requests)) return false;
      now.retries += 1;
      return true;
    },
  };
}

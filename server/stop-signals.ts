/** SIGTERM, SIGINT and the SIGHUP of a terminal that is gone: the first stops the gateway in good order, a second one at once. */
import type { Clock } from '../gateway/index.ts';

/** Signals closer together than this are one: a terminal sends Ctrl-C to npm and to us, and npm passes its own on, ms. */
const ONE_KEY_PRESS = 500;
/** Exit codes of processes that a signal ended: 128 and its number. */
const CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

export type StopSignal = keyof typeof CODES;

/**
 * @param options.stop ends in good order
 * @param options.end ends at once, with the exit code
 * @returns what to do with each signal
 */
export function createStopSignals(options: {
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly stop: (signal: StopSignal) => void;
  readonly end: (code: number) => void;
}): (signal: StopSignal) => void {
  let firstAt: number | undefined;
  return (signal) => {
    const now = options.clock.monotonic();
    if (firstAt === undefined) {
      firstAt = now;
      options.stop(signal);
    } else if (now - firstAt > ONE_KEY_PRESS) {
      options.end(CODES[signal]);
    }
  };
}

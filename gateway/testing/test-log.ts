/** The request log on SQLite with its real workers, a real clock and a logger that remembers. */
import type { RequestLog } from '../core/log-store.ts';
import type { Clock, Logger } from '../core/ports.ts';
import { createRequestLog, type LogPatience } from '../storage/request-log.ts';

const clock: Clock = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  after(delay, task) {
    const timer = setTimeout(task, delay);
    return () => clearTimeout(timer);
  },
};

/** A slow disk or processor must not look like a lost row. */
export const BUSY_MACHINE: LogPatience = { catchUp: 15_000, opening: 20_000 };

export interface TestLog {
  readonly log: RequestLog;
  /** Every line, as `<level> <message>`. */
  readonly lines: readonly string[];
}

/**
 * @param worker entry of the workers, when it is not the real one
 * @param speed how many times faster than the real clock its timers run
 */
export function openTestLog(
  file: string,
  worker = new URL('../storage/worker.ts', import.meta.url),
  speed = 1,
): TestLog {
  const lines: string[] = [];
  const note =
    (level: string) =>
    (message: string): void =>
      void lines.push(`${level} ${message}`);
  const logger: Logger = {
    debug: note('debug'),
    info: note('info'),
    warn: note('warn'),
    error: note('error'),
  };
  const faster: Clock = { ...clock, after: (delay, task) => clock.after(delay / speed, task) };
  return { log: createRequestLog({ file, worker, clock: faster, logger, patience: BUSY_MACHINE }), lines };
}

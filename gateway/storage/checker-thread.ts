/** The main thread's side of checking a large file: a worker that looks through it once, soon after it was opened. */
import type { Clock } from '../core/ports.ts';
import { startLogWorker, type LogWorker } from './log-worker.ts';
import type { CheckerReply } from './messages.ts';

/** After the opening, ms: the first questions of a start come before. */
const DELAY = 1_000;

export interface CheckerThreadOptions {
  readonly worker: URL;
  readonly file: string;
  readonly clock: Clock;
  readonly damaged: () => void;
}

export interface CheckerThread {
  /** Again for a file that came later; a check under way is given up. */
  start(): void;
  end(): Promise<void>;
}

export function createCheckerThread({ worker, file, clock, damaged }: CheckerThreadOptions): CheckerThread {
  let running: LogWorker | undefined;
  let cancel = (): void => undefined;

  function check(): void {
    const started = startLogWorker(worker, { role: 'checker', file, firstStart: false });
    running = started;
    started.worker.on('message', ({ sound }: CheckerReply) => {
      if (!sound && running === started) damaged();
    });
    // A check that fails by itself says nothing about the file.
    started.worker.on('error', () => undefined);
    started.worker.on('exit', () => {
      if (running === started) running = undefined;
    });
  }

  async function end(): Promise<void> {
    cancel();
    const ended = running;
    running = undefined;
    await ended?.end();
  }

  return {
    start() {
      void end();
      cancel = clock.after(DELAY, check);
    },
    end,
  };
}

/** Keeps one writer worker running: starts it again after a crash, with growing pauses. */
import type { Transferable } from 'node:worker_threads';
import type { Clock } from '../core/ports.ts';
import { startLogWorker, type LogWorker } from './log-worker.ts';
import type { WriterReply, WriterRequest } from './messages.ts';

/** Pause before the first new start, ms; doubles up to the ceiling, and begins anew after a success. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 30_000;

export interface WriterThreadOptions {
  readonly worker: URL;
  readonly file: string;
  readonly clock: Clock;
  /** A worker has been started and takes requests; settings and unanswered ones must be sent again. */
  readonly started: () => void;
  readonly replied: (reply: WriterReply) => void;
  /** The worker died by itself; another one will be started. */
  readonly crashed: (reason: string) => void;
}

export interface WriterThread {
  /** Once; later starts are its own business. */
  start(): void;
  /** False while no worker runs: `started` is the moment to send again. */
  post(request: WriterRequest, transfer?: readonly Transferable[]): boolean;
  /** No new start any more. Asks the worker to end; ends it by force after `patience` ms. */
  end(patience: number): Promise<void>;
}

export function createWriterThread(options: WriterThreadOptions): WriterThread {
  const { clock } = options;
  let thread: LogWorker | undefined;
  let firstStart = true;
  let pause = FIRST_PAUSE;
  let ending = false;
  let cancelStart = (): void => undefined;
  let gone = Promise.resolve();

  function start(): void {
    let reason: string | undefined;
    thread = startLogWorker(options.worker, { role: 'writer', file: options.file, firstStart });
    const running = thread.worker;
    gone = new Promise((resolve) => running.once('exit', () => resolve()));
    running.on('message', (reply: WriterReply) => {
      if (reply.kind === 'ready') firstStart = false;
      if (reply.kind === 'written') pause = FIRST_PAUSE;
      if (reply.kind === 'refused') ending = true;
      options.replied(reply);
    });
    running.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    running.on('exit', (code) => {
      thread = undefined;
      if (ending) return;
      options.crashed(reason ?? `exit code ${code}`);
      cancelStart = clock.after(pause, start);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    });
    options.started();
  }

  return {
    start,
    post(request, transfer = []) {
      thread?.worker.postMessage(request, transfer);
      return thread !== undefined;
    },
    async end(patience) {
      ending = true;
      cancelStart();
      const running = thread;
      if (running === undefined) return;
      running.worker.postMessage({ kind: 'end' } satisfies WriterRequest);
      const cancelForce = clock.after(patience, () => void running.end());
      await gone;
      cancelForce();
    },
  };
}

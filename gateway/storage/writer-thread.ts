/** Keeps one writer worker running: starts it again after a crash, with growing pauses. */
import { Worker, type Transferable } from 'node:worker_threads';
import type { Clock } from '../core/ports.ts';
import type { LogWorkerData, WriterReply, WriterRequest } from './messages.ts';

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
  start(): void;
  /** Ignored while no worker runs: `started` is the moment to send again. */
  post(request: WriterRequest, transfer?: readonly Transferable[]): void;
  /** No new start any more. Asks the worker to end; ends it by force after `patience` ms. */
  end(patience: number): Promise<void>;
}

export function createWriterThread(options: WriterThreadOptions): WriterThread {
  const { clock } = options;
  let worker: Worker | undefined;
  let firstStart = true;
  let pause = FIRST_PAUSE;
  let ending = false;
  let cancelStart = (): void => undefined;
  let exited = (): void => undefined;

  function start(): void {
    const workerData: LogWorkerData = { role: 'writer', file: options.file, firstStart };
    firstStart = false;
    let reason = 'it ended without a reason';
    const running = new Worker(options.worker, { workerData, name: 'log-writer' });
    worker = running;
    running.on('message', (reply: WriterReply) => {
      if (reply.kind === 'written') pause = FIRST_PAUSE;
      options.replied(reply);
    });
    running.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    running.on('exit', () => {
      worker = undefined;
      exited();
      if (ending) return;
      options.crashed(reason);
      cancelStart = clock.after(pause, start);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    });
    options.started();
  }
  return {
    start,
    post: (request, transfer = []) => worker?.postMessage(request, transfer),
    async end(patience) {
      ending = true;
      cancelStart();
      const running = worker;
      if (running === undefined) return;
      const gone = new Promise<void>((resolve) => {
        exited = resolve;
      });
      running.postMessage({ kind: 'end' } satisfies WriterRequest);
      const cancelForce = clock.after(patience, () => void running.terminate());
      await gone;
      cancelForce();
    },
  };
}

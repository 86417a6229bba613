/**
 * Starts the threads of the request log, and ends them by force without harm: a thread that is ended while it loads
 * the native module takes the whole process along, since that module then aborts.
 */
import { Worker } from 'node:worker_threads';
import type { LogWorkerData } from './messages.ts';

export interface LogWorker {
  readonly worker: Worker;
  /** Ends the thread, whatever it does, once its native module is loaded. Resolves when it is gone. */
  end(): Promise<void>;
}

/** A thread that has not come so far by then is stuck elsewhere, ms. */
const LOADING = 20_000;

/** @param entry `worker.ts` unbuilt, the host's own output file when built */
export function startLogWorker(entry: URL, data: Omit<LogWorkerData, 'loaded'>): LogWorker {
  const loaded = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const workerData: LogWorkerData = { ...data, loaded };
  const worker = new Worker(entry, { workerData, name: `log-${data.role}` });
  const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  return {
    worker,
    async end() {
      const { value } = Atomics.waitAsync(new Int32Array(loaded), 0, 0, LOADING);
      // One that cannot start never loads anything.
      await Promise.race([value, gone]);
      await worker.terminate();
    },
  };
}

/** In the thread: from here on it may be ended at any time. */
export function tellLoaded(loaded: SharedArrayBuffer): void {
  const flag = new Int32Array(loaded);
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
}

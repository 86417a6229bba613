/** The main thread's side of reading: a worker from the first question on, and an answer to every question. */
import { startLogWorker, type LogWorker } from './log-worker.ts';
import type { LogAnswer, LogQuery, ReaderReply, ReaderRequest } from './messages.ts';

export interface ReaderLink {
  /** @throws Error with a sentence when the log cannot be read */
  ask(query: LogQuery): Promise<Exclude<LogAnswer, { kind: 'failed' }>>;
  /** The file was replaced: ends the worker; the next question starts another one. */
  drop(): void;
  close(): Promise<void>;
}

interface Running {
  readonly thread: LogWorker;
  readonly pending: Map<number, (answer: LogAnswer) => void>;
}

export function createReaderLink(options: { readonly worker: URL; readonly file: string }): ReaderLink {
  let running: Running | undefined;
  let calls = 0;

  function start(): Running {
    const thread = startLogWorker(options.worker, { role: 'reader', file: options.file, firstStart: false });
    const { worker } = thread;
    const started: Running = { thread, pending: new Map() };
    let reason = 'its reader ended';
    worker.on('message', ({ call, answer }: ReaderReply) => {
      started.pending.get(call)?.(answer);
      started.pending.delete(call);
    });
    worker.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    worker.on('exit', () => {
      if (running === started) running = undefined;
      for (const resolve of started.pending.values()) resolve({ kind: 'failed', reason });
    });
    return started;
  }

  async function end(): Promise<void> {
    const ended = running;
    running = undefined;
    await ended?.thread.end();
  }

  return {
    async ask(query) {
      const { thread, pending } = (running ??= start());
      const call = (calls += 1);
      const answer = await new Promise<LogAnswer>((resolve) => {
        pending.set(call, resolve);
        thread.worker.postMessage({ call, query } satisfies ReaderRequest);
      });
      if (answer.kind === 'failed') throw new Error(`The request log cannot be read: ${answer.reason}.`);
      return answer;
    },
    drop: () => void end(),
    close: end,
  };
}

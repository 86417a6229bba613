/** The main thread's side of writing: hands batches over one at a time and knows what became of them. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { asSaid, say } from '../core/sayings.ts';
import type { IndexState, LogHealth, RequestRow } from '../../contract/log/row.ts';
import type { RowBodies } from '../core/log-store.ts';
import type { Clock, Logger } from '../core/ports.ts';
import { createCheckerThread } from './checker-thread.ts';
import { encodeBatch } from './encode-batch.ts';
import type { LogLimits, WriterReply, WriterRequest } from './messages.ts';
import { createOutbox, OUTBOX_LIMITS, type OutboxEntry } from './outbox.ts';
import { within } from './within.ts';
import { createWriterThread } from './writer-thread.ts';

/** From a row to the batch it goes out with, ms: long enough to write a short request once. */
const FLUSH_DELAY = 50;

export interface WriterLinkOptions {
  readonly file: string;
  readonly worker: URL;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The file is open, or never will be; whatever was read from an earlier one is void. */
  readonly opened: () => void;
}

export interface WriterLink {
  add(row: RequestRow, bodies: RowBodies): void;
  redact(secrets: readonly string[]): void;
  keep(limits: LogLimits): void;
  /** Answers how many rows went; `told` hears of each step. @throws Error with a sentence for the user */
  clear(told?: (deleted: number) => void, signal?: AbortSignal): Promise<number>;
  /** The same of these rows, where they are finished. What was deleted leaves the file with `scrub`. */
  remove(sequences: readonly number[]): Promise<number>;
  scrub(): Promise<number>;
  /**
   * Resolves when everything added so far is in the sums that figures are read from, or in the full-text index, or
   * cannot be now. Of the index hundreds of rows may be left; `health` knows.
   */
  catchUp(kind: 'fold' | 'index'): Promise<void>;
  /** Copies the file; answers the schema of the copy. @throws Error with a sentence for the user */
  copy(to: string, told: (share: number) => void): Promise<number>;
  /** A copy under way rejects then. */
  stopCopy(): void;
  /** Resolves when everything added so far is on disk, or lost and counted. */
  flush(): Promise<void>;
  /** Gives up what is not written after `patience` ms. */
  close(patience: number): Promise<void>;
  health(): LogHealth;
  /** True once the file can never be used by this version; `health` says why. */
  refused(): boolean;
}

interface UnderWay {
  readonly number: number;
  readonly entries: readonly OutboxEntry[];
  readonly lostEnds: readonly number[];
  /** How often it was posted; more than once after a crash. */
  tries: number;
}

interface Call {
  readonly resolve: (answer: number) => void;
  /** Hears how far it is. */
  readonly told?: (figure: number) => void;
  readonly reject: (error: Error) => void;
}

export function createWriterLink(options: WriterLinkOptions): WriterLink {
  const { clock, logger } = options;
  const outbox = createOutbox(OUTBOX_LIMITS);
  const calls = new Map<number, Call>();
  let waiters: { readonly ordinal: number; readonly resolve: () => void }[] = [];
  let secrets: readonly string[] = [];
  let limits: LogLimits | undefined;
  /** The one batch that is not answered; the worker's own queue never holds more. */
  let underWay: UnderWay | undefined;
  let numbers = 0;
  let cancelFlush: (() => void) | undefined;
  let state: 'open' | 'refused' | 'closed' = 'open';
  let trouble: Told | null = null;
  let index: IndexState = { waiting: 0, since: null };
  /** What happened to an earlier file; stays true as long as the process runs. */
  let notice: Told | null = null;

  const thread = createWriterThread({ ...options, started, replied, crashed });
  const checker = createCheckerThread({
    ...options,
    damaged: () => void thread.post({ kind: 'damaged' }),
  });
  thread.start();

  function started(): void {
    thread.post({ kind: 'redact', secrets });
    if (limits !== undefined) thread.post({ kind: 'keep', limits });
    if (underWay !== undefined) post(underWay);
  }

  function replied(reply: WriterReply): void {
    switch (reply.kind) {
      case 'ready':
        return ready(reply);
      case 'trouble':
        trouble = reply.problem;
        return logger.warn('the request log cannot be written', { problem: reply.problem.text });
      case 'recovered':
        trouble = null;
        return logger.info('the request log is written again', counts());
      case 'refused':
        return refuse(reply.problem);
      case 'written':
        if (reply.number === underWay?.number) written(reply.lost, reply.reason);
        return;
      case 'uncounted':
        return logger.warn('requests could not be counted', {
          requests: reply.requests,
          reason: reply.reason,
        });
      case 'indexed':
        index = reply.state;
        return;
      case 'clearing':
        return calls.get(reply.call)?.told?.(reply.deleted);
      case 'cleared':
        calls.get(reply.call)?.resolve(reply.deleted);
        calls.delete(reply.call);
        return;
      case 'copying':
        return calls.get(reply.call)?.told?.(reply.share);
      case 'copied':
        calls.get(reply.call)?.resolve(reply.schema);
        calls.delete(reply.call);
        return;
      case 'not-cleared':
        calls.get(reply.call)?.reject(new Error(reply.reason));
        calls.delete(reply.call);
    }
  }

  function ready({ setAside, checked }: Extract<WriterReply, { kind: 'ready' }>): void {
    trouble = null;
    if (setAside !== null) {
      notice = say('log-set-aside', { path: setAside });
      logger.warn('the request log was damaged', { setAside });
    }
    options.opened();
    if (!checked) checker.start();
  }

  function refuse(problem: Told): void {
    state = 'refused';
    trouble = problem;
    logger.error('the request log cannot be used', { problem: problem.text });
    giveUp();
    options.opened();
  }

  function crashed(reason: string): void {
    if (state !== 'open') return;
    const why = say('log-writer-ended', {}, asSaid(reason));
    trouble = why;
    logger.error('the writer of the request log stopped', { reason });
    for (const call of calls.values()) call.reject(new Error(why.text));
    calls.clear();
    // What kills the writer twice must not kill it for ever.
    if (underWay === undefined || underWay.tries < 2) return;
    const { entries, lostEnds } = underWay;
    outbox.forgetEnds(
      entries.map(({ row }) => row),
      lostEnds,
    );
    written(entries.length, reason);
  }

  function written(lost: number, reason: string | null): void {
    if (lost > 0) {
      outbox.lost(lost);
      logger.warn('requests could not be recorded', { requests: lost, reason });
    }
    underWay = undefined;
    const settled = outbox.settle();
    const done = waiters.filter(({ ordinal }) => ordinal <= settled);
    waiters = waiters.filter(({ ordinal }) => ordinal > settled);
    for (const { resolve } of done) resolve();
    if (outbox.waiting() === 0) return;
    if (waiters.length > 0 || outbox.waiting() >= OUTBOX_LIMITS.batchRows) sendNext();
    else scheduleFlush();
  }

  function scheduleFlush(): void {
    cancelFlush ??= clock.after(FLUSH_DELAY, sendNext);
  }

  function sendNext(): void {
    cancelFlush?.();
    cancelFlush = undefined;
    if (underWay !== undefined || outbox.waiting() === 0) return;
    underWay = { number: (numbers += 1), entries: outbox.take(), lostEnds: outbox.takeLostEnds(), tries: 0 };
    post(underWay);
  }

  function post(sent: UnderWay): void {
    const batch = encodeBatch(sent.number, sent.entries, sent.lostEnds);
    if (thread.post({ kind: 'batch', batch }, [batch.slab.buffer])) sent.tries += 1;
  }

  function giveUp(): void {
    cancelFlush?.();
    underWay = undefined;
    outbox.dropAll();
    for (const { resolve } of waiters) resolve();
    waiters = [];
  }

  function flush(): Promise<void> {
    if (state !== 'open' || outbox.queued() === 0) return Promise.resolve();
    const done = new Promise<void>((resolve) => waiters.push({ ordinal: outbox.newest(), resolve }));
    sendNext();
    return done;
  }

  function ask(request: (call: number) => WriterRequest, told?: (share: number) => void): Promise<number> {
    const call = (numbers += 1);
    if (state !== 'open' || !thread.post(request(call))) {
      return Promise.reject(new Error(trouble?.text ?? 'The request log is closed.'));
    }
    return new Promise((resolve, reject) => calls.set(call, { resolve, reject, ...(told && { told }) }));
  }

  const counts = (): { readonly droppedRows: number; readonly droppedBodies: number } => ({
    droppedRows: outbox.droppedRows,
    droppedBodies: outbox.droppedBodies,
  });

  return {
    add(row, bodies) {
      if (state !== 'open') return outbox.lost(row.outcome === 'live' ? 0 : 1);
      outbox.add(row, bodies);
      if (underWay !== undefined) return;
      if (outbox.waiting() >= OUTBOX_LIMITS.batchRows) sendNext();
      else scheduleFlush();
    },
    redact(values) {
      secrets = values;
      thread.post({ kind: 'redact', secrets });
    },
    keep(next) {
      limits = next;
      thread.post({ kind: 'keep', limits });
    },
    async clear(told, signal) {
      const stopped = (): boolean => signal?.aborted === true;
      if (stopped()) return 0;
      const deleted = await ask((call) => {
        signal?.addEventListener('abort', () => void thread.post({ kind: 'stop-clear', call }));
        return { kind: 'clear', call };
      }, told);
      // What was put aside, and is told of, has gone too.
      if (!stopped()) notice = null;
      return deleted;
    },
    remove: (sequences) => ask((call) => ({ kind: 'remove', call, sequences })),
    scrub: () => ask((call) => ({ kind: 'scrub', call })),
    async catchUp(kind) {
      await flush();
      const call = (numbers += 1);
      if (state !== 'open' || !thread.post({ kind, call })) return;
      await new Promise<void>((resolve) => {
        const done = (): void => resolve();
        calls.set(call, { resolve: done, reject: done });
      });
    },
    copy: (to, told) => ask((call) => ({ kind: 'copy', call, to }), told),
    stopCopy: () => void thread.post({ kind: 'stop-copy' }),
    flush,
    async close(patience) {
      const flushed = flush();
      await within(patience, flushed, clock);
      state = 'closed';
      await checker.end();
      if (outbox.queued() > 0) {
        giveUp();
        logger.warn('requests were not recorded before the end', counts());
      }
      await thread.end(patience);
      for (const call of calls.values()) call.reject(new Error('The request log is closed.'));
      calls.clear();
    },
    health: () => ({ queued: outbox.queued(), ...counts(), index, problem: trouble ?? notice }),
    refused: () => state === 'refused',
  };
}

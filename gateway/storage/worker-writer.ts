/** The writer's side of the wire: the one connection that changes the file, and what it does when it cannot. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { MessagePort } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { createRedactor } from '../core/redact.ts';
import { startCopying, type Copying } from './copying.ts';
import { isDamage, openForWriting, replaceDamaged, type OpenedLog } from './database.ts';
import { createIndexing } from './indexing.ts';
import type { LogLimits, LogWorkerData, WriterReply, WriterRequest } from './messages.ts';
import { NewerDatabaseError } from './migrate.ts';
import { forgetOldCopies, OLDEST_COPY } from './old-copy.ts';
import { logProblem } from './problem.ts';
import { clearStep, DAY, keepWithin, scrubStep, STEP_ROWS } from './retention.ts';
import { prepareBatch, STREAM_EVENTS, type Lost, type PreparedBatch } from './prepare.ts';
import { createWriter, type LogWriter } from './writer.ts';

/** Between two tries at what could not be done, ms. */
const RETRY_DELAY = 1_000;
/** From a write to the check of the limits that follows it, ms. */
const UPKEEP_DELAY = 1_000;
/** From a write to the moment that what it counted is in the sums, unless somebody asks for them earlier, ms. */
const FOLD_DELAY = 5_000;
/** Rows grow old without any write, ms. */
const UPKEEP_INTERVAL = 60_000;

export function runWriter(port: MessagePort, { file, firstStart }: LogWorkerData): void {
  let redactor = createRedactor([]);
  let limits: LogLimits | undefined;
  let open: { readonly database: Database; readonly writer: LogWriter } | undefined;
  /** The one batch under way; the main thread sends the next when this one is answered. */
  let waiting: PreparedBatch | undefined;
  let problem: Told | null = null;
  let upkeepTimer: NodeJS.Timeout | undefined;
  let retryTimer: NodeJS.Timeout | undefined;
  let foldTimer: NodeJS.Timeout | undefined;
  let copying: Copying | undefined;
  /** Calls that nobody has stopped. */
  const clearing = new Set<number>();
  const interval = setInterval(() => {
    forgetCopies();
    upkeep();
  }, UPKEEP_INTERVAL);
  const indexing = createIndexing({
    writer: () => (waiting === undefined ? open?.writer : undefined),
    told: (state) => post({ kind: 'indexed', state }),
    failed: (error) => (isDamage(error) ? startOver() : trouble(error, () => indexing.wake())),
  });

  const post = (reply: WriterReply): void => port.postMessage(reply);

  port.on('message', (request: WriterRequest) => {
    switch (request.kind) {
      case 'redact':
        redactor = createRedactor(request.secrets);
        return;
      case 'keep':
        limits = request.limits;
        forgetCopies();
        return upkeep();
      case 'batch':
        waiting = prepareBatch(request.batch, redactor, limits?.streamEvents ?? STREAM_EVENTS);
        return writeWaiting();
      case 'damaged':
        return startOver();
      case 'clear':
        clearing.add(request.call);
        return clear(request.call, 0);
      case 'stop-clear':
        return void clearing.delete(request.call);
      case 'remove':
        return remove(request.call, request.sequences, 0);
      case 'scrub':
        return scrub(request.call);
      case 'fold':
        fold();
        return post({ kind: 'cleared', call: request.call, deleted: 0 });
      case 'index':
        indexing.step();
        return post({ kind: 'cleared', call: request.call, deleted: 0 });
      case 'copy':
        return copy(request.call, request.to);
      case 'stop-copy':
        return copying?.stop();
      case 'end':
        return end();
    }
  });
  openFile();

  function openFile(): void {
    try {
      start(openForWriting(file, new Date()), firstStart);
    } catch (error) {
      if (error instanceof NewerDatabaseError) {
        post({ kind: 'refused', problem: error.told });
        return end();
      }
      trouble(error, openFile);
    }
  }

  function start({ database, setAside, checked }: OpenedLog, interrupt: boolean): void {
    try {
      const writer = createWriter(database);
      if (interrupt) writer.interruptLive();
      open = { database, writer };
    } catch (error) {
      database.close();
      throw error;
    }
    post({ kind: 'ready', setAside, checked });
    well();
    writeWaiting();
    upkeep();
    // What an earlier process counted last.
    foldTimer ??= setTimeout(fold, FOLD_DELAY);
    indexing.wake();
  }

  function writeWaiting(): void {
    if (open === undefined || waiting === undefined) return;
    try {
      if (waiting.lostEnds.length > 0) open.writer.interrupt(waiting.lostEnds);
      written(waiting, open.writer.write(waiting.rows));
    } catch (error) {
      if (isDamage(error)) return startOver();
      trouble(error, writeWaiting);
    }
  }

  function written({ number, unreadable }: PreparedBatch, refused: Lost): void {
    waiting = undefined;
    well();
    const lost = unreadable.count + refused.count;
    post({ kind: 'written', number, lost, reason: refused.reason ?? unreadable.reason });
    upkeepTimer ??= setTimeout(upkeep, UPKEEP_DELAY);
    foldTimer ??= setTimeout(fold, FOLD_DELAY);
    indexing.wake();
  }

  /** The file broke while it was open. */
  function startOver(): void {
    open?.database.close();
    open = undefined;
    try {
      start(replaceDamaged(file, new Date()), false);
    } catch (error) {
      trouble(error, openFile);
    }
  }

  function fold(): void {
    clearTimeout(foldTimer);
    foldTimer = undefined;
    if (open === undefined || waiting !== undefined) return;
    try {
      const { count, reason } = open.writer.foldStatistics();
      if (count > 0) post({ kind: 'uncounted', requests: count, reason });
    } catch (error) {
      if (isDamage(error)) return startOver();
      trouble(error, fold);
    }
  }

  function upkeep(): void {
    clearTimeout(upkeepTimer);
    upkeepTimer = undefined;
    if (open === undefined || limits === undefined || waiting !== undefined) return;
    try {
      open.writer.forgetStatistics(Date.now());
      if (keepWithin(limits, open.writer, Date.now())) upkeepTimer = setTimeout(upkeep, 0);
      well();
    } catch (error) {
      if (isDamage(error)) return startOver();
      trouble(error, upkeep);
    }
  }

  /** Copies of the whole file hold no row for longer than the file itself would. */
  function forgetCopies(): void {
    if (limits === undefined) return;
    try {
      forgetOldCopies(file, Date.now() - Math.min(OLDEST_COPY, limits.days * DAY));
    } catch {
      // Somebody has one open, on Windows: the next time will do.
    }
  }

  function clear(call: number, deleted: number): void {
    deleting(call, (writer) => {
      const more = clearStep(writer, !clearing.has(call));
      if (more !== null) {
        if (more > 0) post({ kind: 'clearing', call, deleted: deleted + more });
        setImmediate(clear, call, deleted + more);
        return;
      }
      if (clearing.delete(call)) forgetOldCopies(file, Infinity);
      post({ kind: 'cleared', call, deleted });
    });
  }

  function remove(call: number, sequences: readonly number[], deleted: number): void {
    deleting(call, (writer) => {
      const more = writer.deleteRows(sequences.slice(0, STEP_ROWS));
      const rest = sequences.slice(STEP_ROWS);
      if (rest.length === 0) post({ kind: 'cleared', call, deleted: deleted + more });
      else setImmediate(remove, call, rest, deleted + more);
    });
  }

  function scrub(call: number): void {
    deleting(call, (writer) => {
      if (scrubStep(writer)) setImmediate(scrub, call);
      else post({ kind: 'cleared', call, deleted: 0 });
    });
  }

  function copy(call: number, to: string): void {
    const failed = (error: unknown): void => {
      const reason = error instanceof Error ? error.message : String(error);
      post({
        kind: 'not-cleared',
        call,
        reason: `The request log could not be copied to ${to} (${reason}).`,
      });
    };
    if (open === undefined)
      return failed(new Error(problem?.text ?? 'The request log is still being opened.'));
    try {
      copying = startCopying({
        database: open.database,
        to,
        told: (share) => post({ kind: 'copying', call, share }),
        done: (schema) => post({ kind: 'copied', call, schema }),
        failed,
      });
    } catch (error) {
      failed(error);
    }
  }

  function deleting(call: number, act: (writer: LogWriter) => void): void {
    if (open === undefined) {
      return post({
        kind: 'not-cleared',
        call,
        reason: problem?.text ?? 'The request log is still being opened.',
      });
    }
    try {
      act(open.writer);
    } catch (error) {
      post({ kind: 'not-cleared', call, reason: logProblem(error, file).text });
    }
  }

  function trouble(error: unknown, again: () => void): void {
    const found = logProblem(error, file);
    if (found.text !== problem?.text) post({ kind: 'trouble', problem: found });
    problem = found;
    clearTimeout(retryTimer);
    retryTimer = setTimeout(again, RETRY_DELAY);
  }

  function well(): void {
    if (problem !== null) post({ kind: 'recovered' });
    problem = null;
  }

  function end(): void {
    clearInterval(interval);
    copying?.stop();
    indexing.stop();
    clearTimeout(upkeepTimer);
    clearTimeout(retryTimer);
    clearTimeout(foldTimer);
    open?.database.close();
    open = undefined;
    port.close();
  }
}

/**
 * When the full-text index is written: as soon as no rows come, and every few seconds while they do. Bodies of older
 * versions are taken over when nothing is left to index.
 */
import type { IndexState } from '../../contract/log/row.ts';
import type { LogWriter } from './writer.ts';

/** Parts of one step: some ten milliseconds, after which rows that wait come first. Each step makes a piece to be merged. */
const STEP_PARTS = 200;
/** Bodies of older versions that are taken over in one step. */
const STEP_BODIES = 20;
/** After the last row, ms. */
const QUIET = 250;
/** The index waits this long at most, ms. */
const LONGEST_WAIT = 5_000;
/** Words of rows that grew too old leave the file within this time, ms. */
const PURGE_INTERVAL = 86_400_000;
/** Pages of one step of that. */
const PURGE_PAGES = 100;
/** Between two such steps, ms: nobody waits for them. */
const PURGE_PAUSE = 100;

export interface Indexing {
  /** Rows were written, or the file was opened. */
  wake(): void;
  /** Somebody searches: goes on at once. */
  step(): void;
  stop(): void;
}

export interface IndexingPorts {
  /** The open file; undefined while rows wait that could not be written. */
  readonly writer: () => LogWriter | undefined;
  readonly told: (state: IndexState) => void;
  /** What went wrong; the index is taken up again with the next rows. */
  readonly failed: (error: unknown) => void;
}

export function createIndexing({ writer, told, failed }: IndexingPorts): Indexing {
  let timer: NodeJS.Timeout | undefined;
  let next: NodeJS.Immediate | undefined;
  /** When the index has to go on at the latest; undefined while nothing waits. */
  let deadline: number | undefined;
  let lastTold = '';
  let lastPurge = performance.now();

  function attempt(work: (open: LogWriter) => void): void {
    const open = writer();
    if (open === undefined) return;
    try {
      work(open);
    } catch (error) {
      failed(error);
    }
  }

  function tell(open: LogWriter): void {
    const state = open.index.state();
    const text = JSON.stringify(state);
    if (text !== lastTold) told(state);
    lastTold = text;
  }

  function run(): void {
    deadline = undefined;
    attempt((open) => {
      const more = open.index.step(STEP_PARTS) || open.oldBodies.step(STEP_BODIES);
      tell(open);
      if (more) next = setImmediate(run);
      else if (performance.now() - lastPurge > PURGE_INTERVAL) purge();
    });
  }

  function purge(): void {
    attempt((open) => {
      if (open.index.purge(PURGE_PAGES)) timer = setTimeout(purge, PURGE_PAUSE);
      else lastPurge = performance.now();
    });
  }

  return {
    wake() {
      const now = performance.now();
      deadline ??= now + LONGEST_WAIT;
      clearTimeout(timer);
      timer = setTimeout(run, Math.min(QUIET, Math.max(0, deadline - now)));
    },
    step() {
      clearTimeout(timer);
      if (next !== undefined) clearImmediate(next);
      run();
    },
    stop() {
      clearTimeout(timer);
      if (next !== undefined) clearImmediate(next);
    },
  };
}

/** Keeping the log within its limits, a little at a time so that rows can be written in between. */
import type { LogLimits } from './messages.ts';
import type { LogWriter } from './writer.ts';

/**
 * Rows of one step, a transaction of some ten milliseconds. More than a batch brings, or a log that is written to
 * without a break would grow; and neighbours in an index go together.
 */
export const STEP_ROWS = 500;
/** Pages of one step. */
const STEP_PAGES = 1_000;
/** ms */
export const DAY = 86_400_000;

/** Rows that keep the events of their streams as long as they stay: a full log would drop those of each new one at once. */
const NEWEST_SHARE = 1 / 20;

/** New rows reuse free pages; only what is more than an eighth of the file, and worth it, goes back. */
const SPARE_SHARE = 1 / 8;
const SPARE_PAGES = 256;

/**
 * One step towards the limits.
 * @param now Unix ms
 * @returns true when there may be more to do
 */
export function keepWithin(limits: LogLimits, writer: LogWriter, now: number): boolean {
  if (writer.deleteBefore(now - limits.days * DAY, STEP_ROWS) > 0) return true;
  const count = writer.rowCount();
  // What a stream said stays longer than how it came.
  const newest = Math.ceil(count * NEWEST_SHARE);
  if (writer.usedBytes() > limits.size && writer.dropEvents(STEP_ROWS, newest) > 0) return true;
  const excess = Math.max(count - limits.rows, rowsOverSize(limits.size, count, writer));
  if (excess > 0 && writer.deleteOldest(Math.min(excess, STEP_ROWS)) > 0) return true;
  return giveBack(writer);
}

/** About how many rows must go for the size to hold, by the size of an average row. */
function rowsOverSize(size: number, count: number, writer: LogWriter): number {
  const used = writer.usedBytes();
  if (used <= size || count === 0) return 0;
  return Math.ceil((used - size) / (used / count));
}

function giveBack(writer: LogWriter): boolean {
  const { free, all } = writer.pages();
  if (free <= SPARE_PAGES || free <= all * SPARE_SHARE) return false;
  writer.shrink(STEP_PAGES);
  return true;
}

/**
 * One step of emptying the log; rows of requests under way stay.
 * @param stopped no further rows go; what was deleted still leaves the file
 * @returns how many rows went, 0 when only space was given back, null when all is done
 */
export function clearStep(writer: LogWriter, stopped = false): number | null {
  const deleted = stopped ? 0 : writer.deleteOldest(STEP_ROWS);
  if (deleted > 0) return deleted;
  return scrubStep(writer) ? 0 : null;
}

/**
 * One step after rows were deleted because somebody wanted them gone: nothing of their texts may stay in the index,
 * in free pages or in the write-ahead log.
 * @returns true when there may be more to do
 */
export function scrubStep(writer: LogWriter): boolean {
  if (writer.index.purge(STEP_PAGES)) return true;
  if (writer.pages().free > 0) {
    writer.shrink(STEP_PAGES);
    return true;
  }
  writer.checkpoint();
  return false;
}

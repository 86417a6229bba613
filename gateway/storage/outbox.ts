/**
 * What waits on the main thread for the writer: bounded in rows and in bytes, so that a disk that stands still
 * costs records and never memory. A body goes before a row, and the newest before what already waits.
 */
import type { RequestRow } from '../../contract/log/row.ts';
import type { BodyCapture, RowBodies } from '../core/log-store.ts';

export interface OutboxLimits {
  readonly rows: number;
  /** Bytes of all bodies that wait or are being written. */
  readonly bytes: number;
  readonly batchRows: number;
  /** A batch ends with the entry that reaches this many bytes. */
  readonly batchBytes: number;
}

export const OUTBOX_LIMITS: OutboxLimits = {
  rows: 10_000,
  bytes: 64 * 1024 * 1024,
  batchRows: 200,
  batchBytes: 4 * 1024 * 1024,
};

export interface OutboxEntry {
  readonly row: RequestRow;
  readonly request: BodyCapture | null;
  readonly response: BodyCapture | null;
  /** The bodies were left out for want of room; their captures hold no chunks. */
  readonly bodiesDropped: boolean;
  /** Bytes of the chunks held, and of their times. */
  readonly size: number;
  /** Rises with each entry, in the order in which they leave. */
  readonly ordinal: number;
}

export interface Outbox {
  /** A row that still waits is replaced by its later state, so a short request is written once. */
  add(row: RequestRow, bodies: RowBodies): void;
  /** The next entries to write, oldest first; they count against the limits until settled. */
  take(): readonly OutboxEntry[];
  /** What was taken is stored or lost; answers the ordinal up to which everything is. */
  settle(): number;
  /** Gives everything up that waits or was taken, and counts it. */
  dropAll(): void;
  /** Ordinal of the newest entry. */
  newest(): number;
  /** Rows that wait, taken ones not among them. */
  waiting(): number;
  /** Rows that are not yet stored. */
  queued(): number;
  /** Counts rows that were lost further on. */
  lost(rows: number): void;
  /**
   * Those rows, handed over or not, will not be written: of requests that ended it is remembered.
   * @param told what was told of ends lost before, and came to nothing
   */
  forgetEnds(rows: readonly RequestRow[], told: readonly number[]): void;
  /**
   * Sequences of requests whose end was lost since the last time it was asked, though their beginning may be stored;
   * no more than may wait.
   */
  takeLostEnds(): readonly number[];
  readonly droppedBodies: number;
  readonly droppedRows: number;
}

export function createOutbox(limits: OutboxLimits): Outbox {
  const entries = new Map<number, OutboxEntry>();
  let taken: readonly OutboxEntry[] = [];
  let bytes = 0;
  let ordinal = 0;
  let settled = 0;
  let droppedBodies = 0;
  let droppedRows = 0;
  let lostEnds: number[] = [];

  /** Those that come first may be stored as running; later ones had no room for their beginning either. */
  function forgetEnd({ sequence, outcome }: RequestRow): void {
    if (outcome !== 'live' && lostEnds.length < limits.rows) lostEnds.push(sequence);
  }

  /** A row that only began is not lost: it comes again when it ends. */
  function dropRow(row: RequestRow): void {
    if (row.outcome !== 'live') droppedRows += 1;
    forgetEnd(row);
  }

  return {
    get droppedBodies() {
      return droppedBodies;
    },
    get droppedRows() {
      return droppedRows;
    },
    add(row, bodies) {
      const before = entries.get(row.sequence);
      if (before === undefined && entries.size + taken.length >= limits.rows) return dropRow(row);
      bytes -= before?.size ?? 0;
      const size = sizeOf(bodies.request) + sizeOf(bodies.response);
      const bodiesDropped = size > 0 && bytes + size > limits.bytes;
      if (bodiesDropped) droppedBodies += Number(bodies.request !== null) + Number(bodies.response !== null);
      else bytes += size;
      entries.set(row.sequence, {
        row,
        request: bodiesDropped ? emptied(bodies.request) : bodies.request,
        response: bodiesDropped ? emptied(bodies.response) : bodies.response,
        bodiesDropped,
        size: bodiesDropped ? 0 : size,
        ordinal: before?.ordinal ?? (ordinal += 1),
      });
    },
    take() {
      const batch: OutboxEntry[] = [];
      let batchBytes = 0;
      for (const [sequence, entry] of entries) {
        if (batch.length >= limits.batchRows || batchBytes >= limits.batchBytes) break;
        entries.delete(sequence);
        batch.push(entry);
        batchBytes += entry.size;
      }
      taken = batch;
      return batch;
    },
    settle() {
      for (const entry of taken) bytes -= entry.size;
      settled = taken.at(-1)?.ordinal ?? settled;
      taken = [];
      return settled;
    },
    dropAll() {
      for (const { row } of [...taken, ...entries.values()]) dropRow(row);
      taken = [];
      entries.clear();
      bytes = 0;
      settled = ordinal;
    },
    newest: () => ordinal,
    waiting: () => entries.size,
    queued: () => entries.size + taken.length,
    lost(rows) {
      droppedRows += rows;
    },
    forgetEnds(rows, told) {
      lostEnds = [...told, ...lostEnds].slice(0, limits.rows);
      rows.forEach(forgetEnd);
    },
    takeLostEnds() {
      const ends = lostEnds;
      lostEnds = [];
      return ends;
    },
  };
}

/** A number takes eight bytes. */
function sizeOf(body: BodyCapture | null): number {
  if (body === null) return 0;
  const times = (body.stream?.times.length ?? 0) * 8;
  return body.chunks.reduce((sum, chunk) => sum + chunk.length, times);
}

function emptied(body: BodyCapture | null): BodyCapture | null {
  return body === null ? null : { ...body, chunks: [], stream: undefined };
}

/** A batch as it will stand in the database: redacted and compressed once, however often it is tried. */
import type { RequestRow } from '../../contract/log/row.ts';
import type { Redactor } from '../core/redact.ts';
import { encodeBodies, type EncodedBodies } from './body-codec.ts';
import { encodeDetail } from './detail.ts';
import type { Batch, SentEntry } from './messages.ts';
import { redactRow } from './redact-row.ts';

export interface PreparedRow {
  readonly row: RequestRow;
  readonly detail: string;
  /** Null for a row without any body. */
  readonly bodies: EncodedBodies | null;
}

/** Rows that can never be stored, and why the last of them. */
export interface Lost {
  readonly count: number;
  readonly reason: string | null;
}

export const NOTHING_LOST: Lost = { count: 0, reason: null };

export function oneMore({ count }: Lost, error: unknown): Lost {
  return { count: count + 1, reason: error instanceof Error ? error.message : String(error) };
}

export interface PreparedBatch {
  readonly number: number;
  readonly rows: readonly PreparedRow[];
  readonly unreadable: Lost;
}

/** A row that cannot be prepared is lost alone, not with its batch. Never throws. */
export function prepareBatch({ number, entries, slab }: Batch, redactor: Redactor): PreparedBatch {
  const rows: PreparedRow[] = [];
  let unreadable = NOTHING_LOST;
  for (const entry of entries) {
    try {
      rows.push(prepareRow(entry, slab, redactor));
    } catch (error) {
      unreadable = oneMore(unreadable, error);
    }
  }
  return { number, rows, unreadable };
}

function prepareRow(
  { row, request, response }: SentEntry,
  slab: Uint8Array,
  redactor: Redactor,
): PreparedRow {
  const clean = redactRow(row, redactor);
  const detail = encodeDetail(clean);
  if (request === null && response === null) return { row: clean, detail, bodies: null };
  return { row: clean, detail, bodies: encodeBodies(request, response, slab, redactor) };
}

/** A batch as it will stand in the database: redacted and split once, however often it is tried. */
import type { RequestRow } from '../../contract/log/row.ts';
import type { Redactor } from '../core/redact.ts';
import { encodeBodies, type EncodedBodies } from './encode-bodies.ts';
import { conversationOf } from './conversation.ts';
import { encodeDetail } from './detail.ts';
import type { Batch, SentEntry } from './messages.ts';
import { redactRow } from './redact-row.ts';

/** Bytes of the raw events of one stream that are kept where nothing else is said. */
export const STREAM_EVENTS = 1_000_000;

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

/**
 * A row that cannot be prepared is lost alone, not with its batch. Never throws.
 * @param mostEvents bytes of the raw events of one stream that are kept
 */
export function prepareBatch(
  { number, entries, slab }: Batch,
  redactor: Redactor,
  mostEvents: number,
): PreparedBatch {
  const rows: PreparedRow[] = [];
  let unreadable = NOTHING_LOST;
  for (const entry of entries) {
    try {
      rows.push(prepareRow(entry, slab, redactor, mostEvents));
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
  mostEvents: number,
): PreparedRow {
  const bodies =
    request === null && response === null
      ? null
      : encodeBodies(request, response, slab, redactor, mostEvents);
  const conversation = row.conversation ?? conversationOf(row, bodies?.request.split?.parts ?? []);
  const clean = redactRow({ ...row, conversation }, redactor);
  return { row: clean, detail: encodeDetail(clean), bodies };
}

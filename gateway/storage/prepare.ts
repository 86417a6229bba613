/** A batch as it will stand in the database: redacted and split once, however often it is tried. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { RequestRow } from '../../contract/log/row.ts';
import type { Redactor } from '../core/redact.ts';
import { encodeBodies, type EncodedBodies } from './encode-bodies.ts';
import { conversationOf } from './conversation.ts';
import { encodeDetail } from './detail.ts';
import type { Batch, SentBody, SentEntry } from './messages.ts';
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
  /** Sequences of requests that run no longer, and of whose end nothing comes. */
  readonly lostEnds: readonly number[];
}

/**
 * A row that cannot be prepared is lost alone, not with its batch. Never throws.
 * @param mostEvents bytes of the raw events of one stream that are kept
 */
export function prepareBatch(
  { number, entries, lostEnds, slab }: Batch,
  redactor: Redactor,
  mostEvents: number,
): PreparedBatch {
  const rows: PreparedRow[] = [];
  const unended = [...lostEnds];
  let unreadable = NOTHING_LOST;
  for (const entry of entries) {
    try {
      rows.push(prepareRow(entry, slab, redactor, mostEvents));
    } catch (error) {
      unreadable = oneMore(unreadable, error);
      if (entry.row.outcome !== 'live') unended.push(entry.row.sequence);
    }
  }
  return { number, rows, unreadable, lostEnds: unended };
}

function prepareRow(
  { row, request, response }: SentEntry,
  slab: Uint8Array,
  redactor: Redactor,
  mostEvents: number,
): PreparedRow {
  const { bodies, warnings } = readBodies(request, response, slab, redactor, mostEvents);
  const conversation = row.conversation ?? conversationOf(row, bodies?.request.split?.parts ?? []);
  const told = { ...row, conversation, warnings: [...row.warnings, ...warnings] };
  const clean = redactRow(told, redactor);
  return { row: clean, detail: encodeDetail(clean), bodies };
}

/** What a stranger sent may be such that it cannot be read: the row is worth more than its bodies. */
function readBodies(
  request: SentBody | null,
  response: SentBody | null,
  slab: Uint8Array,
  redactor: Redactor,
  mostEvents: number,
): { readonly bodies: EncodedBodies | null; readonly warnings: readonly Told[] } {
  if (request === null && response === null) return { bodies: null, warnings: [] };
  try {
    return { bodies: encodeBodies(request, response, slab, redactor, mostEvents), warnings: [] };
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, 200);
    const without = (body: SentBody | null): SentBody | null => body && { ...body, dropped: true };
    return {
      bodies: encodeBodies(without(request), without(response), slab, redactor, 0),
      warnings: [remark('bodies-unread', { reason })],
    };
  }
}

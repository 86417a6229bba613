/** Puts rows of a file into the log: those that are not there yet, each at the place where it stood. */
import type { StoredBody } from '../../../contract/log/row.ts';
import type { BodyCapture, RequestLog, StreamTimes } from '../../core/log-store.ts';
import { eventEnds } from '../../storage/event-times.ts';
import type { LogEntry } from './entry.ts';

export interface AddedRows {
  readonly added: number;
  /** They were there already, or are told twice. */
  readonly skipped: number;
  /** Ids of rows that the log did not take. */
  readonly lost: readonly string[];
}

/** Places that are tried for a row whose own is taken by another. */
const MOST_TRIES = 50;
/** A row stands where its arrival puts it, in microseconds; from farther away than this its place is not believed. */
const FARTHEST = 60_000_000;

type Log = Pick<RequestLog, 'list' | 'finish' | 'flush'>;

/** @param entries 100 at the most, as many as one condition of a filter may name */
export async function addRows(entries: readonly LogEntry[], log: Log): Promise<AddedRows> {
  const fresh = await missing(entries, log);
  let left = fresh;
  for (let tries = 0; left.length > 0 && tries < MOST_TRIES; tries += 1) {
    const taken = new Set<number>();
    for (const { row, request, response, times } of left) {
      // Another log may have given the same place to a row of its own; then this one goes right behind it.
      let sequence = placeOf(row.sequence, row.startedAt) + tries;
      while (taken.has(sequence)) sequence += 1;
      taken.add(sequence);
      log.finish(
        { ...row, sequence },
        {
          request: captured(request, row.requestHeaders),
          response: captured(response, row.responseHeaders, times),
        },
      );
    }
    await log.flush();
    left = await missing(left, log);
  }
  return {
    added: fresh.length - left.length,
    skipped: entries.length - fresh.length,
    lost: left.map(({ row }) => row.id),
  };
}

/** Those that the log does not have, each once. */
async function missing(entries: readonly LogEntry[], log: Log): Promise<readonly LogEntry[]> {
  const byId = new Map(entries.map((entry) => [entry.row.id, entry]));
  const values = [...byId.keys()];
  if (values.length === 0) return [];
  const where = [{ kind: 'text' as const, field: 'id' as const, values }];
  const { rows } = await log.list({ limit: values.length, filter: { where } });
  for (const { id } of rows) byId.delete(id);
  return [...byId.values()];
}

function placeOf(sequence: number, startedAt: number): number {
  const own = Math.floor(startedAt * 1_000);
  return Math.abs(sequence - own) < FARTHEST ? sequence : own;
}

/** @param times of the events of a stream */
function captured(
  { state, text, bytes }: StoredBody,
  headers: Readonly<Record<string, string>>,
  times: readonly number[] = [],
): BodyCapture | null {
  if (state === 'not-kept') return null;
  const facts = { bytes, contentType: headers['content-type'] ?? '', truncated: state === 'truncated' };
  if (state === 'dropped') return { ...facts, chunks: [], dropped: true };
  const content = Buffer.from(text);
  const chunks = content.length === 0 ? [] : [content];
  return times.length === 0
    ? { ...facts, chunks }
    : { ...facts, chunks, stream: streamTimes(content, times) };
}

function streamTimes(content: Uint8Array, times: readonly number[]): StreamTimes {
  const ends = eventEnds(content);
  return {
    head: content.length,
    times: times.flatMap((at, index) => [at, ends[index] ?? content.length]),
  };
}

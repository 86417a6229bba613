/**
 * When the events of a stream came, in two or three bytes for each chunk that ended one: pairs of milliseconds since
 * the pair before and of events that were whole by then. Events are counted, not bytes, so that redaction changes
 * nothing; what ends one is a blank line (in streams without events: the end of a line).
 */
import type { StreamEvents } from '../../contract/log/answer.ts';
import type { StreamTimes } from '../core/log-store.ts';
import { numbersOf, putNumber } from './numbers.ts';

/** The pieces of a stream that are kept: all of it, or its beginning and its end. */
export interface KeptBytes {
  readonly content: Uint8Array;
  /** Bytes of the whole stream. */
  readonly bytes: number;
  /** Bytes of `content` before the gap; the rest is the end of the stream. */
  readonly head: number;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** The time of each event; the last ones may have none. */
export function eventTimes(
  times: StreamTimes['times'],
  { content, bytes, head }: KeptBytes,
): readonly number[] {
  const ends = eventEnds(content);
  const gap = bytes - content.length;
  const found: number[] = [];
  for (let index = 0; index < times.length; index += 2) {
    const [at = 0, given = 0] = times.slice(index, index + 2);
    const place = given <= head ? given : Math.max(head, given - gap);
    const time = Math.max(found.at(-1) ?? 0, Math.round(at));
    while (found.length < ends.length && (ends[found.length] ?? 0) <= place) found.push(time);
  }
  return found;
}

export function encodeEventTimes(times: readonly number[]): Buffer {
  const encoded: number[] = [];
  let last = 0;
  for (let at = 0; at < times.length;) {
    const time = times[at] ?? 0;
    const first = at;
    while (times[at] === time) at += 1;
    putNumber(encoded, time - last);
    putNumber(encoded, at - first);
    last = time;
  }
  return Buffer.from(encoded);
}

/** ms since the request arrived, as given to `encodeEventTimes`. */
export function decodeEventTimes(encoded: Uint8Array): readonly number[] {
  const read = numbersOf(encoded);
  const times: number[] = [];
  let at = 0;
  while (!read.done()) {
    at += read.next();
    for (let count = read.next(); count > 0; count -= 1) times.push(at);
  }
  return times;
}

/** Offsets behind each event; what follows the last of them is an event that was cut off. */
export function eventEnds(content: Uint8Array): readonly number[] {
  const ends: number[] = [];
  const lines: number[] = [];
  let lineStart = 0;
  let filled = false;
  for (let at = content.indexOf(LINE_FEED); at !== -1; at = content.indexOf(LINE_FEED, at + 1)) {
    const length = at - lineStart - (content[at - 1] === CARRIAGE_RETURN ? 1 : 0);
    lineStart = at + 1;
    lines.push(lineStart);
    if (length > 0) filled = true;
    else if (filled) {
      ends.push(lineStart);
      filled = false;
    }
  }
  return ends.length > 0 ? ends : lines;
}

/** Some of the events. @param from index of the first one */
export function eventsOf(
  content: Buffer,
  times: readonly number[],
  from: number,
  limit: number,
): Pick<StreamEvents, 'events' | 'total'> {
  const ends = eventEnds(content);
  const starts = [0, ...ends].filter((start) => start < content.length);
  const events = starts.slice(from, from + limit).map((start, index) => ({
    at: times[from + index] ?? null,
    text: content.toString('utf8', start, ends[from + index] ?? content.length),
  }));
  return { events, total: starts.length };
}

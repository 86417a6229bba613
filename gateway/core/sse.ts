/**
 * Server-sent events on raw bytes (WHATWG HTML, section 9.2): lines end with LF, CR or CRLF, an event ends with
 * a blank line. All offsets are bytes.
 */

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const COLON = 0x3a;
const SPACE = 0x20;
const LOWER_D = 0x64;
/** Behind `data: `. */
const DATA_START = 6;

/** One event, read. */
export interface ServerSentEvent {
  /** Value of the last `event:` line; empty without one. */
  readonly name: string;
  /** The `data:` lines joined with a line feed; null when there was none (a comment, a blank line). */
  readonly data: string | null;
}

/**
 * Finds the end of the last whole event. The time it takes depends only on the bytes behind that end.
 *
 * A carriage return at the very end counts as a whole line end, so that an event which ends with CR CR is not
 * held back; should a line feed follow, it forms a blank line of its own, which means nothing to any reader.
 * @param previous the byte before these in the same unfinished event; undefined at the start of an event
 * @returns offset behind the last blank line; 0 when there is none
 */
export function lastBoundary(bytes: Uint8Array, previous: number | undefined): number {
  for (let at = bytes.length - 1; at >= 0; at -= 1) {
    const byte = bytes[at];
    if (byte !== LINE_FEED && byte !== CARRIAGE_RETURN) continue;
    const isPair = byte === LINE_FEED && at > 0 && bytes[at - 1] === CARRIAGE_RETURN;
    const breakStart = isPair ? at - 1 : at;
    const before = breakStart > 0 ? bytes[breakStart - 1] : previous;
    const endsPair = at === 0 && byte === LINE_FEED && previous === CARRIAGE_RETURN;
    if (!endsPair && (before === undefined || isLineBreak(before))) return at + 1;
    at = breakStart;
  }
  return 0;
}

const isLineBreak = (byte: number): boolean => byte === LINE_FEED || byte === CARRIAGE_RETURN;

/**
 * Cuts a run into its events, each with its blank line; the last one may be unfinished.
 * @param run begins at the start of an event
 */
export function splitEvents(run: Uint8Array): { readonly events: Uint8Array[]; readonly whole: boolean } {
  const events: Uint8Array[] = [];
  // Nearly every stream ends its lines with a bare line feed, and searching is much faster than looking at each byte.
  const endOf = run.includes(CARRIAGE_RETURN) ? eventEnd : endByLineFeeds;
  let start = 0;
  while (start < run.length) {
    const end = endOf(run, start);
    events.push(run.subarray(start, end === -1 ? run.length : end));
    if (end === -1) return { events, whole: false };
    start = end;
  }
  return { events, whole: true };
}

/** Offset behind the first blank line from `start`, the start of an event; -1 when there is none. */
function eventEnd(bytes: Uint8Array, start: number): number {
  let lineStart = start;
  while (lineStart < bytes.length) {
    const line = lineAt(bytes, lineStart);
    if (line.end === line.next) return -1;
    if (line.end === lineStart) return line.next;
    lineStart = line.next;
  }
  return -1;
}

/** The same where there is no carriage return. */
function endByLineFeeds(bytes: Uint8Array, start: number): number {
  if (bytes[start] === LINE_FEED) return start + 1;
  for (let at = bytes.indexOf(LINE_FEED, start); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) {
    if (bytes[at + 1] === LINE_FEED) return at + 2;
  }
  return -1;
}

/** A line's content ends at `end`, the next line begins at `next`; both equal when the line is unfinished. */
function lineAt(bytes: Uint8Array, start: number): { readonly end: number; readonly next: number } {
  let end = start;
  while (end < bytes.length && bytes[end] !== LINE_FEED && bytes[end] !== CARRIAGE_RETURN) end += 1;
  if (end === bytes.length) return { end, next: end };
  const isPair = bytes[end] === CARRIAGE_RETURN && bytes[end + 1] === LINE_FEED;
  return { end, next: isPair ? end + 2 : end + 1 };
}

/** Reads one event's fields. A byte order mark in front, as a stream may begin with, is skipped. */
export function readEvent(event: Uint8Array): ServerSentEvent {
  return readUsual(event) ?? readAny(event);
}

/** One line of data, as most events are; undefined for all others. */
function readUsual(event: Uint8Array): ServerSentEvent | undefined {
  if (event[0] !== LOWER_D || event[5] !== SPACE) return undefined;
  const text = decode(event);
  const end = text.indexOf('\n');
  if (end !== text.length - 2 || !text.startsWith('data: ') || text.includes('\r')) return undefined;
  return text.endsWith('\n\n') ? { name: '', data: text.slice(DATA_START, end) } : undefined;
}

function readAny(event: Uint8Array): ServerSentEvent {
  const marked = event[0] === 0xef && event[1] === 0xbb && event[2] === 0xbf;
  let lineStart = marked ? 3 : 0;
  let name = '';
  const data: string[] = [];
  while (lineStart < event.length) {
    const line = lineAt(event, lineStart);
    const { field, value } = readLine(event.subarray(lineStart, line.end));
    if (field === 'data') data.push(value);
    else if (field === 'event') name = value;
    lineStart = line.next;
  }
  return { name, data: data.length === 0 ? null : data.join('\n') };
}

/** Without a colon the whole line is the field's name; one space behind the colon is not part of the value. */
function readLine(line: Uint8Array): { readonly field: string; readonly value: string } {
  const colon = line.indexOf(COLON);
  if (colon === -1) return { field: decode(line), value: '' };
  const valueStart = line[colon + 1] === SPACE ? colon + 2 : colon + 1;
  return { field: decode(line.subarray(0, colon)), value: decode(line.subarray(valueStart)) };
}

function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}

/** The comment lines of an event with a blank line behind them; empty when it has none. */
export function commentsOf(event: Uint8Array): Uint8Array {
  const kept: Uint8Array[] = [];
  let lineStart = 0;
  while (lineStart < event.length) {
    const line = lineAt(event, lineStart);
    if (event[lineStart] === COLON) kept.push(event.subarray(lineStart, line.next));
    lineStart = line.next;
  }
  return kept.length === 0 ? new Uint8Array() : Buffer.concat([...kept, Buffer.from('\n')]);
}

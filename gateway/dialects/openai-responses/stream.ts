/**
 * Watches a same-dialect stream. Up to the first content every event is read; from then on a run of events is
 * only searched for the few that matter, and only those are read: each carries the whole response.
 */
import type { ObservedEvents, StreamObserver } from '../../core/dialect.ts';
import type { GatewayError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { describeGatewayError } from '../../core/openai-error.ts';
import { readErrorValue } from '../../core/read-error.ts';
import { lastBoundary, readEvent, splitEvents } from '../../core/sse.ts';
import type { UpstreamError } from '../../core/upstream-error.ts';
import type { ResponseFacts } from '../../core/usage.ts';
import { errorOf, hasContent, isTerminator, parseEvent, readFacts, responseOf } from './event.ts';
import { writeFailure } from './render.ts';

/**
 * The types of the last event and of errors, in the data or on the event line. Quotes inside JSON strings are
 * escaped, so text that quotes such an event never matches.
 */
const MARKER =
  /"type"[ \t]*:[ \t]*"(?:response\.(?:completed|incomplete|failed)|error)"|"error"[ \t]*:[ \t]*\{|^event: ?(?:response\.(?:completed|incomplete|failed)|error)/m;
const COLON = 0x3a;
/** Ends an event that its upstream left open, so that the client sees it. */
const BLANK_LINE = Buffer.from('\n\n');
const NOTHING: Uint8Array = Buffer.alloc(0);

interface EventMeaning {
  /** More than a comment or a blank line. */
  readonly alive: boolean;
  readonly terminator: boolean;
  readonly error: UpstreamError | null;
}

const SILENT: EventMeaning = { alive: false, terminator: false, error: null };
const PLAIN: EventMeaning = { alive: true, terminator: false, error: null };

export function observeStream(): StreamObserver {
  let content = false;
  let complete = false;
  let facts: ResponseFacts = { usage: null, finishReason: null, model: null };
  let response: JsonObject = { id: 'resp_unknown', object: 'response', output: [] };
  let latest = NOTHING;

  function observe(run: Uint8Array): ObservedEvents {
    latest = run;
    if (content && isUneventful(run)) {
      return { relay: run, content, alive: true, error: null, errorBytes: null, complete };
    }
    const { events, whole } = splitEvents(run);
    const relayed: Uint8Array[] = [];
    const afterError: Uint8Array[] = [];
    let error: UpstreamError | null = null;
    let alive = false;
    for (const event of events) {
      const unfinished = !whole && event === events.at(-1);
      const meaning = interpret(event, unfinished, error === null && !unfinished);
      error ??= meaning.error;
      alive ||= meaning.alive;
      complete ||= meaning.terminator;
      (error === null ? relayed : afterError).push(unfinished ? ended(event, meaning) : event);
    }
    return {
      relay: whole && error === null ? run : Buffer.concat(relayed),
      content,
      alive,
      error,
      errorBytes: error === null ? null : Buffer.concat(afterError),
      complete,
    };
  }

  /** @param mayBegin content behind an error, or cut before its blank line, does not begin the answer */
  function interpret(event: Uint8Array, unfinished: boolean, mayBegin: boolean): EventMeaning {
    const read = readEvent(event);
    if (read.data === null) return SILENT;
    if (content && !MARKER.test(read.data) && !MARKER.test(`event: ${read.name}`)) return PLAIN;
    const parsed = parseEvent(read);
    if (parsed === undefined) {
      const failed = read.name === 'error' && !unfinished;
      return failed ? { ...PLAIN, error: readErrorValue(200, read.data) } : PLAIN;
    }
    const terminator = isTerminator(parsed.type);
    const told = responseOf(parsed.data);
    if (parsed.type === 'response.created') response = { ...told, output: [] };
    if (terminator) facts = readFacts(told);
    else if (facts.model === null) facts = { ...facts, model: readFacts(told).model };
    const error = errorOf(parsed) ?? null;
    if (mayBegin && error === null) content ||= hasContent(parsed);
    return { alive: true, terminator, error };
  }

  /** Only the last event itself says that a stream is whole. */
  function end(): ObservedEvents {
    return { relay: NOTHING, content, alive: false, error: null, errorBytes: null, complete };
  }

  /** Goes on with the response that the upstream began, since SDKs refuse a change of its id. */
  function renderError(error: GatewayError): Uint8Array {
    return Buffer.from(writeFailure(describeGatewayError(error), response, sequenceNumberIn(latest) + 1));
  }

  return { observe, ended: end, facts: () => facts, renderError };
}

/** Of an event that never ended only an end or an error is worth having; its blank line makes readers see it. */
function ended(event: Uint8Array, { terminator, error }: EventMeaning): Uint8Array {
  return terminator || error !== null ? Buffer.concat([event, BLANK_LINE]) : NOTHING;
}

/** True for whole events without a marker. A run that begins with a comment may hold nothing else. */
function isUneventful(run: Uint8Array): boolean {
  if (run.length === 0 || run[0] === COLON || lastBoundary(run, undefined) !== run.length) return false;
  const text = textOf(run);
  return text.includes('data:') && !MARKER.test(text);
}

/** Of the last event in a run; -1 without one. */
function sequenceNumberIn(run: Uint8Array): number {
  const found = textOf(run).matchAll(/"sequence_number"[ \t]*:[ \t]*(\d{1,12})/g);
  return [...found].reduce((_, match) => Number(match[1]), -1);
}

function textOf(run: Uint8Array): string {
  const bytes = Buffer.isBuffer(run) ? run : Buffer.from(run.buffer, run.byteOffset, run.length);
  return bytes.toString('latin1');
}

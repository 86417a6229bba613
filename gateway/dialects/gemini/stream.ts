/**
 * Watches a same-dialect stream. Up to the first content every event is read; from then on a run of events is
 * only searched for the few markers that matter, and what has one is read. Counts of tokens stand in every event
 * and the last ones are true, so only the last run that had some is kept and read when somebody asks.
 */
import { worstReason } from '../../core/finish-reason.ts';
import type { Framing } from '../../core/client-shape.ts';
import type { ObservedEvents, StreamObserver } from '../../core/dialect.ts';
import { isArray, isObject, parseJson } from '../../core/json.ts';
import { readErrorValue } from '../../core/read-error.ts';
import { lastBoundary, readEvent, splitEvents } from '../../core/sse.ts';
import type { UpstreamError } from '../../core/upstream-error.ts';
import type { ResponseFacts } from '../../core/usage.ts';
import { reframeAsArray } from './array-stream.ts';
import { readChunk, type ChunkFacts } from './chunk.ts';

/** Inside JSON strings quotes are escaped, so text that quotes a member never matches. */
const MARKER = /"(?:finishReason|error|blockReason)"\s*:/;
const USAGE = '"usageMetadata"';
const LOWER_D = 0x64;
/** Ends an event that its upstream left open, so that the client sees it. */
const BLANK_LINE = Buffer.from('\n\n');
const NOTHING = new Uint8Array();

interface EventMeaning {
  /** More than a comment or a blank line. */
  readonly alive: boolean;
  readonly error: UpstreamError | null;
  /** The whole of an answer's last event, even where its blank line is missing. */
  readonly last: boolean;
}

export function observeStream(options: { readonly framing?: Framing } = {}): StreamObserver {
  const observer = observeEvents();
  return options.framing === 'json-array' ? reframeAsArray(observer) : observer;
}

function observeEvents(): StreamObserver {
  let content = false;
  let finished = false;
  let broken = false;
  let complete = false;
  let facts: ResponseFacts = { usage: null, finishReason: null, model: null };
  /** Events with counts nobody has read yet. */
  let unread: Uint8Array | null = null;

  function observe(run: Uint8Array): ObservedEvents {
    const text = textOf(run);
    if (content && isUneventful(run, text)) {
      if (text.includes(USAGE)) unread = run;
      return { relay: run, content, alive: true, error: null, errorBytes: null, complete };
    }
    const { events, whole } = splitEvents(run);
    const relayed: Uint8Array[] = [];
    const afterError: Uint8Array[] = [];
    let error: UpstreamError | null = null;
    let alive = false;
    let intact = true;
    for (const event of events) {
      const unfinished = !whole && event === events.at(-1);
      const meaning = interpret(event, unfinished, error === null && !unfinished);
      error ??= meaning.error;
      alive ||= meaning.alive;
      const kept = unfinished ? closed(event, meaning) : event;
      if (kept !== event || error !== null) intact = false;
      (error === null ? relayed : afterError).push(kept);
    }
    broken ||= error !== null;
    return {
      relay: intact ? run : Buffer.concat(relayed),
      content,
      alive,
      error,
      errorBytes: error === null ? null : Buffer.concat(afterError),
      complete,
    };
  }

  /** @param mayBegin content behind an error, or cut before its blank line, does not begin the answer */
  function interpret(event: Uint8Array, unfinished: boolean, mayBegin: boolean): EventMeaning {
    const { data } = readEvent(event);
    if (data === null) return { alive: false, error: null, last: false };
    const parsed = parseJson(data);
    const value = isArray(parsed) ? parsed[0] : parsed;
    if (!isObject(value)) return { alive: true, error: null, last: false };
    const chunk = readChunk(value);
    // Counts of this event make those before it worthless, else they are still needed.
    const before = chunk.usage === null ? read() : facts;
    unread = null;
    facts = {
      usage: chunk.usage ?? before.usage,
      finishReason: worstReason([before.finishReason, chunk.finishReason]),
      model: chunk.model ?? before.model,
      ...detailsOf(chunk, before),
    };
    if (chunk.error !== undefined) {
      return { alive: true, error: readErrorValue(200, chunk.error), last: false };
    }
    const last = chunk.finishReason !== null;
    finished ||= last;
    if (mayBegin || (unfinished && last)) content ||= chunk.content;
    return { alive: true, error: null, last };
  }

  /** Nothing but the end of the body tells that an answer is whole: Gemini has no terminator. */
  function ended(): ObservedEvents {
    complete = finished && !broken;
    return { relay: NOTHING, content, alive: false, error: null, errorBytes: null, complete };
  }

  function read(): ResponseFacts {
    if (unread === null) return facts;
    const events = splitEvents(unread).events.map((event) => parseJson(readEvent(event).data ?? ''));
    const chunks = events.filter(isObject).map(readChunk);
    unread = null;
    const counted = chunks.findLast(({ usage }) => usage !== null);
    if (counted !== undefined) facts = { ...facts, usage: counted.usage, ...detailsOf(counted, facts) };
    return facts;
  }

  return { observe, ended, facts: read };
}

/** Those of the last counts. */
function detailsOf(chunk: ChunkFacts, before: ResponseFacts): Pick<ResponseFacts, 'details'> {
  const details = chunk.details ?? before.details;
  return details === undefined ? {} : { details };
}

/** An event without its blank line is cut off, unless its JSON is whole and tells the end or an error. */
const closed = (event: Uint8Array, { error, last }: EventMeaning): Uint8Array =>
  error !== null || last ? Buffer.concat([event, BLANK_LINE]) : NOTHING;

const textOf = (run: Uint8Array): string =>
  Buffer.from(run.buffer, run.byteOffset, run.length).toString('latin1');

/** True for whole events of data without a marker. */
const isUneventful = (run: Uint8Array, text: string): boolean =>
  run[0] === LOWER_D && lastBoundary(run, undefined) === run.length && !MARKER.test(text);

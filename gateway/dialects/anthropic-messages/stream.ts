/**
 * Watches a same-dialect stream. Up to the first content every event is read; from then on a run of events is
 * only searched for the few markers that matter, and what has one is read.
 */
import type { ObservedEvents, StreamObserver } from '../../core/dialect.ts';
import { isObject, parseJson } from '../../core/json.ts';
import { readErrorValue } from '../../core/read-error.ts';
import { lastBoundary, readEvent, splitEvents } from '../../core/sse.ts';
import type { UpstreamError } from '../../core/upstream-error.ts';
import { readFacts } from './event.ts';
import type { UsageDetails } from '../../core/usage.ts';
import { countTokens, NO_DETAILS, withDetails, type UsageFigures } from './usage.ts';

/**
 * What an event that needs reading contains. Inside JSON strings quotes are escaped, so text that quotes a type
 * never matches.
 */
const MARKER = /"(?:message_start|message_delta|message_stop|error)"/;
/** An error whose data does not say that it is one. */
const ERROR_LINE = /event: ?error/;
const LOWER_D = 0x64;
const LOWER_E = 0x65;
/** Ends an error event that its upstream left open, so that the client sees it. */
const BLANK_LINE = Buffer.from('\n\n');

interface EventMeaning {
  readonly kind: 'plain' | 'error' | 'terminator';
  /** More than a comment or a blank line. */
  readonly alive: boolean;
  readonly error: UpstreamError | null;
}

const NOTHING: EventMeaning = { kind: 'plain', alive: false, error: null };
const PLAIN: EventMeaning = { kind: 'plain', alive: true, error: null };
const END: EventMeaning = { kind: 'terminator', alive: true, error: null };
const failed = (value: unknown): EventMeaning => ({
  kind: 'error',
  alive: true,
  error: readErrorValue(200, value),
});

/** Nothing is ever withheld: streams of this dialect tell their usage unasked. */
export function observeStream(): StreamObserver {
  let content = false;
  let complete = false;
  let figures: UsageFigures = {};
  let details: UsageDetails = NO_DETAILS;
  let finishReason: string | null = null;
  let model: string | null = null;

  function observe(run: Uint8Array): ObservedEvents {
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
      complete ||= meaning.kind === 'terminator';
      (error === null ? relayed : afterError).push(unfinished ? keepUnfinished(event, meaning) : event);
    }
    return {
      relay: error === null && whole ? run : Buffer.concat(relayed),
      content,
      alive,
      error,
      errorBytes: error === null ? null : Buffer.concat(afterError),
      complete,
    };
  }

  /** @param mayBegin content behind an error, or cut before its blank line, does not begin the answer */
  function interpret(event: Uint8Array, unfinished: boolean, mayBegin: boolean): EventMeaning {
    const { name, data } = readEvent(event);
    if (data === null) return NOTHING;
    if (content && name !== 'error' && !MARKER.test(data)) return PLAIN;
    const value = parseJson(data);
    if (value === undefined && unfinished) return PLAIN;
    if (name === 'error') return failed(value ?? data);
    if (!isObject(value)) return PLAIN;
    const facts = readFacts(value);
    if (facts.kind === 'error') return failed(value);
    figures = { ...figures, ...facts.usage };
    details = { ...details, ...facts.details };
    finishReason = facts.finishReason ?? finishReason;
    model = facts.model ?? model;
    if (mayBegin) content ||= facts.content;
    return facts.kind === 'terminator' ? END : PLAIN;
  }

  /** The terminator alone says that a stream is whole. */
  function ended(): ObservedEvents {
    const relay = Buffer.alloc(0);
    return { relay, content, alive: false, error: null, errorBytes: null, complete };
  }

  return {
    observe,
    ended,
    facts: () => ({
      ...{ usage: countTokens(figures), finishReason, model },
      // What the answer became is told with the reason for its end.
      ...(finishReason === null && !complete ? { onlyAsked: true } : {}),
      ...withDetails(details),
    }),
  };
}

function keepUnfinished(event: Uint8Array, { kind }: EventMeaning): Uint8Array {
  if (kind === 'terminator') return event;
  return kind === 'error' ? Buffer.concat([event, BLANK_LINE]) : event.subarray(0, 0);
}

/** True for whole events without a marker. */
function isUneventful(run: Uint8Array): boolean {
  const opensEvent = run[0] === LOWER_E || run[0] === LOWER_D;
  if (!opensEvent || lastBoundary(run, undefined) !== run.length) return false;
  const bytes = Buffer.isBuffer(run) ? run : Buffer.from(run.buffer, run.byteOffset, run.length);
  const text = bytes.toString('latin1');
  return !MARKER.test(text) && !ERROR_LINE.test(text);
}

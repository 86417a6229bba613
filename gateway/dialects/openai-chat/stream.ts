/**
 * Watches a same-dialect stream. Up to the first content every event is read; from then on a run of events is
 * only searched for the few markers that matter, and what has one is read.
 */
import type { ObservedEvents, StreamObserver } from '../../core/dialect.ts';
import { worstReason } from '../../core/finish-reason.ts';
import type { UpstreamError } from '../../core/upstream-error.ts';
import { commentsOf, lastBoundary, readEvent, splitEvents } from '../../core/sse.ts';
import type { ResponseFacts } from '../../core/usage.ts';
import { extraFacts, readChunk } from './chunk.ts';
import { readErrorValue } from '../../core/read-error.ts';
import { isObject, parseJson } from '../../core/json.ts';

/**
 * What an event that needs reading contains: a member of interest whose value is not null (OpenAI repeats
 * `"finish_reason":null` and `"usage":null`), the terminator, or an error named by its event line. Inside JSON
 * strings quotes are escaped, so text that quotes a member never matches; a text with `[DONE]` in it does and
 * is then read for nothing. Of a thought's many events the few that sign it are read.
 */
const MARKER =
  /"(?:usage|error|finish_reason|signature)"[ \t]*:(?![ \t]*null)|"object"[ \t]*:[ \t]*"error"|"reasoning\.encrypted"|\[DONE\]|event: ?error/;
const TERMINATOR = '[DONE]';
const LOWER_D = 0x64;
/** Ends an error event that its upstream left open, so that the client sees it. */
const BLANK_LINE = Buffer.from('\n\n');

interface EventMeaning {
  readonly kind: 'plain' | 'usage-only' | 'error' | 'terminator';
  /** More than a comment or a blank line. */
  readonly alive: boolean;
  readonly error: UpstreamError | null;
}

const NOTHING: EventMeaning = { kind: 'plain', alive: false, error: null };
const PLAIN: EventMeaning = { kind: 'plain', alive: true, error: null };
const USAGE_ONLY: EventMeaning = { kind: 'usage-only', alive: true, error: null };
const END: EventMeaning = { kind: 'terminator', alive: true, error: null };
const failed = (error: UpstreamError): EventMeaning => ({ kind: 'error', alive: true, error });

export function observeStream(options: { readonly withholdUsage: boolean }): StreamObserver {
  let content = false;
  let complete = false;
  let facts: ResponseFacts = { usage: null, finishReason: null, model: null };

  function observe(run: Uint8Array): ObservedEvents {
    if (content && isUneventful(run)) {
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
      complete ||= meaning.kind === 'terminator';
      const kept = keep(event, meaning, unfinished);
      if (kept !== event || error !== null) intact = false;
      (error === null ? relayed : afterError).push(kept);
    }
    return {
      relay: intact ? run : join(relayed),
      content,
      alive,
      error,
      errorBytes: error === null ? null : join(afterError),
      complete,
    };
  }

  function keep(event: Uint8Array, meaning: EventMeaning, unfinished: boolean): Uint8Array {
    if (meaning.kind === 'usage-only' && options.withholdUsage) return commentsOf(event);
    if (!unfinished || meaning.kind === 'terminator') return event;
    return meaning.kind === 'error' ? Buffer.concat([event, BLANK_LINE]) : event.subarray(0, 0);
  }

  /** @param mayBegin content behind an error, or cut before its blank line, does not begin the answer */
  function interpret(event: Uint8Array, unfinished: boolean, mayBegin: boolean): EventMeaning {
    const { name, data } = readEvent(event);
    if (data === null) return NOTHING;
    if (data.trim() === TERMINATOR) return END;
    if (content && name !== 'error' && !MARKER.test(data)) return PLAIN;
    const value = parseJson(data);
    if (value === undefined && unfinished) return PLAIN;
    if (name === 'error') return failed(readErrorValue(200, value ?? data));
    if (!isObject(value)) return PLAIN;
    const chunk = readChunk(value);
    facts = {
      ...facts,
      usage: chunk.usage ?? facts.usage,
      finishReason: worstReason([facts.finishReason, chunk.finishReason]),
      model: chunk.model ?? facts.model,
      ...extraFacts(chunk),
    };
    if (chunk.error !== undefined) return failed(readErrorValue(200, chunk.error));
    if (mayBegin) content ||= chunk.content;
    return chunk.usageOnly ? USAGE_ONLY : PLAIN;
  }

  /** The terminator alone says that a stream is whole. */
  function ended(): ObservedEvents {
    const relay = Buffer.alloc(0);
    return { relay, content, alive: false, error: null, errorBytes: null, complete };
  }

  return { observe, ended, facts: () => facts };
}

/** True for whole events of data without a marker. */
function isUneventful(run: Uint8Array): boolean {
  if (run[0] !== LOWER_D || lastBoundary(run, undefined) !== run.length) return false;
  const bytes = Buffer.isBuffer(run) ? run : Buffer.from(run.buffer, run.byteOffset, run.length);
  return !MARKER.test(bytes.toString('latin1'));
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
}

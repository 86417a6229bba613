/**
 * Watches a stream of events that is no chat: speech, transcripts, images as they become visible. Their events have
 * many names and no common end, so what counts is that there are any, and that the body ends as HTTP says it must.
 */
import type { ObservedEvents, StreamObserver } from '../../core/dialect.ts';
import { isObject, parseJson } from '../../core/json.ts';
import { readErrorValue } from '../../core/read-error.ts';
import { readEvent, splitEvents } from '../../core/sse.ts';
import type { UpstreamError } from '../../core/upstream-error.ts';
import type { ResponseFacts } from '../../core/usage.ts';
import { billingOf, usageOf } from './answer-usage.ts';

const NOTHING = Buffer.alloc(0);

export function observeEvents(): StreamObserver {
  let content = false;
  let complete = false;
  let failed = false;
  let cut = false;
  let facts: ResponseFacts = { usage: null, finishReason: null, model: null };

  /** @returns the error an event tells of */
  function look(event: Uint8Array): UpstreamError | null {
    const { name, data } = readEvent(event);
    if (data === null) return null;
    if (data.trim() === '[DONE]') {
      complete = true;
      return null;
    }
    const value = parseJson(data);
    const told = isObject(value) ? value : {};
    if (name === 'error' || told['type'] === 'error' || isObject(told['error'])) {
      return readErrorValue(200, value ?? data);
    }
    facts = { ...facts, ...billingOf(told), usage: usageOf(told) ?? facts.usage };
    content = true;
    return null;
  }

  function observe(run: Uint8Array): ObservedEvents {
    const { events, whole } = splitEvents(run);
    const readable = whole ? events : events.slice(0, -1);
    cut = !whole;
    let relayed = 0;
    let error: UpstreamError | null = null;
    for (const event of readable) {
      error = look(event);
      if (error !== null) break;
      relayed += event.length;
    }
    failed ||= error !== null;
    const end = readable.reduce((bytes, event) => bytes + event.length, 0);
    return {
      relay: relayed === run.length ? run : run.subarray(0, relayed),
      content,
      alive: readable.length > 0,
      error,
      errorBytes: error === null ? null : run.subarray(relayed, end),
      complete,
    };
  }

  return {
    observe,
    ended() {
      complete ||= content && !failed && !cut;
      return { relay: NOTHING, content, alive: false, error: null, errorBytes: null, complete };
    },
    facts: () => facts,
  };
}

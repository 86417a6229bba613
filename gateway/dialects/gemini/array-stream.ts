/**
 * The upstream's events for a client that asked without `alt=sse`: elements of one JSON array, sent piece by piece.
 * The elements are the events' own texts.
 */
import type { ObservedEvents, StreamObserver } from '../../core/dialect.ts';
import { readEvent, splitEvents } from '../../core/sse.ts';
import { describeGatewayError } from './render.ts';
import { openArray } from './json-array.ts';

/** @param observer watches the events as they come */
export function reframeAsArray(observer: StreamObserver): StreamObserver {
  const array = openArray();
  const reframe = (events: Uint8Array): string =>
    splitEvents(events)
      .events.map((event) => readEvent(event).data ?? '')
      .filter((data) => data.trim() !== '')
      .map((data) => array.element(data))
      .join('');

  function reframed(seen: ObservedEvents): ObservedEvents {
    const relay = reframe(seen.relay);
    const failed = seen.errorBytes === null ? null : reframe(seen.errorBytes) + array.close();
    return {
      ...seen,
      relay: Buffer.from(relay),
      errorBytes: failed === null ? null : Buffer.from(failed),
    };
  }

  return {
    observe: (events) => reframed(observer.observe(events)),
    ended() {
      const seen = observer.ended();
      return seen.complete ? { ...seen, relay: Buffer.from(array.close()) } : seen;
    },
    facts: () => observer.facts(),
    renderError: (error) =>
      Buffer.from(array.element(JSON.stringify(describeGatewayError(error))) + array.close()),
  };
}

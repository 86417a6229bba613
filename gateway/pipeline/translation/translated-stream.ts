/** Watches an upstream's stream in one dialect and writes the client's in another, event by event. */
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import type { StreamEncoder } from '../../core/client-shape.ts';
import type { ObservedEvents, StreamDecoder, StreamObserver } from '../../core/dialect.ts';
import { isObject, parseJson } from '../../core/json.ts';
import { readEvent, splitEvents } from '../../core/sse.ts';
import type { UpstreamError } from '../../core/upstream-error.ts';
import type { ResponseFacts } from '../../core/usage.ts';
import { isContent, withPart } from './answer-facts.ts';
import { asUpstreamError } from './own-error.ts';

export interface TranslatedStreamOptions {
  readonly decoder: StreamDecoder;
  readonly encoder: StreamEncoder;
  /** From the upstream's parts to the client's. */
  readonly map: (part: StreamPart) => readonly StreamPart[];
  /** Sees every part the client gets. */
  readonly seen: (part: StreamPart) => void;
  /** The answer is whole. */
  readonly done: () => void;
}

export function translateStream(options: TranslatedStreamOptions): StreamObserver {
  const { decoder, encoder } = options;
  let facts: ResponseFacts = { usage: null, finishReason: null, model: null };
  let content = false;
  let complete = false;
  let error: UpstreamError | null = null;

  /** What the client gets for some parts; stops at an error. */
  function write(parts: readonly StreamPart[]): string {
    let written = '';
    for (const part of parts.flatMap(options.map)) {
      if (part.kind === 'error') {
        error = part.error;
        break;
      }
      facts = withPart(facts, part);
      content ||= isContent(part);
      options.seen(part);
      written += encoder.encode(part);
    }
    return written;
  }

  function close(): string {
    if (complete || error !== null || !decoder.complete) return '';
    complete = true;
    options.done();
    return encoder.end();
  }

  function result(written: string, alive: boolean, before: UpstreamError | null): ObservedEvents {
    const failed = before === null ? error : null;
    return {
      relay: Buffer.from(written),
      content,
      alive,
      error: failed,
      errorBytes: failed === null ? null : Buffer.from(encoder.fail(failed)),
      complete,
    };
  }

  return {
    observe(run) {
      const before = error;
      const { events, whole } = splitEvents(run);
      let alive = false;
      let written = '';
      for (const event of events) {
        const read = readEvent(event);
        // What never ended was never sent, unless nothing but its blank line is missing.
        if (!whole && event === events.at(-1) && !isWhole(read.data)) break;
        if (read.data === null || decoder.complete || error !== null) continue;
        alive = true;
        written += write(decoder.decode(read));
      }
      return result(written + close(), alive, before);
    },
    ended() {
      const before = error;
      if (complete || error !== null) return result('', false, before);
      const written = write(decoder.end());
      return result(written + close(), false, before);
    },
    facts: () => facts,
    renderError: (failure) => Buffer.from(encoder.fail(asUpstreamError(failure))),
  };
}

/** Some servers end their body right behind the last event, without the blank line. */
const isWhole = (data: string | null): boolean =>
  data !== null && (data.trim() === '[DONE]' || isObject(parseJson(data)));

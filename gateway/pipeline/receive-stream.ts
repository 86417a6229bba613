/**
 * A same-dialect stream: whole events go to the client as they are. Until content has been seen they are
 * held back, so that an error inside a 200 can still be answered elsewhere (DESIGN section 2.8).
 */
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { Clock } from '../core/ports.ts';
import type { ObservedEvents, StreamObserver } from '../core/dialect.ts';
import { GatewayError } from '../core/errors.ts';
import type { UpstreamCall } from '../core/upstream.ts';
import { isCounted, type ResponseFacts } from '../core/usage.ts';
import { toldOfError } from '../core/failed.ts';
import type { Failure } from '../routing/outcome.ts';
import { createEventFramer } from '../transport/sse.ts';
import type { PipelineLimits } from './ports.ts';
import type { AnswerReading } from './reading.ts';
import type { Receiver, ReceiverHost } from './receiver.ts';
import type { Relay } from './relay.ts';

export interface StreamOptions {
  readonly reading: AnswerReading;
  readonly relay: Relay;
  readonly clock: Clock;
  readonly limits: PipelineLimits;
  /** Nothing else could be tried: start-up events are released after a while. */
  readonly lastChance: boolean;
  /** Head of the client's answer, should this attempt provide it. */
  readonly head: Readonly<Record<string, string>>;
  /** What a client is told of a stream that broke after content. */
  readonly errorFor: (failure: Failure) => GatewayError;
  readonly redact: (text: string) => string;
  readonly call: () => UpstreamCall;
}

export interface StreamReceiver extends Receiver {
  readonly observer: StreamObserver;
}

/** Proxies that swallow an error of their upstream send its terminator alone. */
const EMPTY: Failure = {
  kind: 'gateway',
  code: 'upstream_invalid_response',
  told: remark('stream-empty'),
};

/** Answers without a word give a reason for their end, or have cost tokens. */
const saysNothing = ({ finishReason, usage }: ResponseFacts): boolean =>
  finishReason === null && usage === null;

export function receiveStream(options: StreamOptions, host: ReceiverHost): StreamReceiver {
  const { relay, limits, clock } = options;
  const framer = createEventFramer();
  const observer = options.reading.observe();
  let held: Uint8Array[] | undefined = [];
  let heldBytes = 0;
  let complete = false;
  /** The terminator is on its way to the client, with everything before it. */
  let sent = false;
  let reportedError: Failure | undefined;
  let over = false;
  /** The client is gone, and what its answer cost is on its way. */
  let awaitsCounts = false;

  const stopRelease = options.lastChance ? clock.after(limits.holdBack, release) : (): void => undefined;
  let stopLinger = (): void => undefined;

  relay.onDrain(() => options.call().resume());

  function send(bytes: Uint8Array): void {
    if (bytes.length > 0 && !relay.write(bytes)) options.call().pause();
  }

  function withoutSecrets(bytes: Uint8Array): Uint8Array {
    const text = Buffer.from(bytes).toString();
    const clean = options.redact(text);
    return clean === text ? bytes : Buffer.from(clean);
  }

  /** From here on the answer is the client's: what was held goes out, failover has ended. */
  function release(): void {
    if (held === undefined || over) return;
    const waiting = held;
    held = undefined;
    stopRelease();
    relay.commit(200, options.head);
    for (const bytes of waiting) send(bytes);
  }

  function close(): boolean {
    if (over) return false;
    over = true;
    stopRelease();
    stopLinger();
    return true;
  }

  function finish(): void {
    if (!close()) return;
    if (awaitsCounts) return host.left();
    if (!complete) relay.breakOff(null);
    else relay.end();
    if (reportedError === undefined) host.delivered(observer.facts());
    else host.cut(reportedError, observer.facts());
  }

  function broke(failure: Failure): void {
    if (complete || awaitsCounts) return finish();
    if (!close()) return;
    if (held !== undefined) return host.failed(failure, null);
    const told = reportedError === undefined ? options.errorFor(failure) : null;
    relay.breakOff(told === null ? null : options.reading.renderError(told, observer));
    host.cut(reportedError ?? failure, observer.facts());
  }

  function take(seen: ObservedEvents): void {
    if (seen.alive) host.alive();
    if (seen.error !== null && reportedError === undefined) {
      const failure: Failure = { kind: 'answer', error: seen.error, headers: {} };
      if (held !== undefined && !seen.content) return broke(failure);
      reportedError = failure;
    }
    if (held !== undefined && seen.complete && !seen.content && saysNothing(observer.facts()))
      return broke(EMPTY);
    if (held !== undefined) {
      held.push(seen.relay);
      heldBytes += seen.relay.length;
      if (seen.content) {
        host.content();
        release();
      } else if (held.length >= limits.heldEvents || heldBytes >= limits.heldBytes) {
        release();
      }
    } else {
      if (seen.content) host.content();
      send(seen.relay);
    }
    // The upstream's own words, and whatever it says after them, go on unchanged unless they repeat a secret.
    if (seen.errorBytes !== null) send(withoutSecrets(seen.errorBytes));
    if (awaitsCounts && (seen.complete || isCounted(observer.facts()))) return finish();
    if (seen.complete && !complete) {
      complete = true;
      release();
      // What was written in this turn is handed over at its end.
      setImmediate(() => {
        sent = relay.left === 'no' && relay.taken();
      });
      stopLinger = clock.after(limits.linger, () => {
        options.call().abort();
        finish();
      });
    }
  }

  /** One stream that cannot be read, or written in the client's dialect, must not touch any other request. */
  function guarded(read: () => void): void {
    try {
      read();
    } catch (error) {
      options.call().abort();
      const tooLong = error instanceof GatewayError && error.code === 'sse_line_too_long';
      const told = toldOfError(error);
      broke({ kind: 'gateway', code: tooLong ? 'sse_line_too_long' : 'upstream_invalid_response', told });
    }
  }

  return {
    observer,
    data(chunk) {
      if (over) return;
      guarded(() => {
        const events = framer.push(chunk);
        if (events !== null) take(observer.observe(events));
      });
    },
    end() {
      if (over) return;
      const rest = framer.rest();
      guarded(() => {
        // A terminator without its blank line is still one; any other unfinished event is a cut.
        if (rest !== null && !complete) take(observer.observe(rest));
        if (!over && !complete) take(observer.ended());
      });
      // An attempt that is over by now does not listen any more.
      broke({
        kind: 'gateway',
        code: 'upstream_cut',
        told: remark('stream-open'),
      });
    },
    broke,
    left() {
      if (reportedError !== undefined) return false;
      if (sent) {
        options.call().abort();
        finish();
        return true;
      }
      const facts = observer.facts();
      awaitsCounts = !complete && facts.finishReason !== null && !isCounted(facts);
      if (!awaitsCounts) return false;
      stopLinger = clock.after(limits.linger, finish);
      options.call().resume();
      return true;
    },
    stop: () => void close(),
  };
}

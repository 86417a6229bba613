/**
 * A whole, non-streamed answer: judged before the client gets a byte of it, so that an error behind a good
 * status can still be answered elsewhere. One that is too large to hold is passed on as it comes.
 */
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { AnswerVerdict } from '../core/dialect.ts';
import type { GatewayError } from '../core/errors.ts';
import type { UpstreamCall } from '../core/upstream.ts';
import type { ResponseFacts } from '../core/usage.ts';
import { toldOfError } from '../core/failed.ts';
import type { Failure } from '../routing/outcome.ts';
import { NO_FACTS } from './attempt-end.ts';
import type { PipelineLimits } from './ports.ts';
import type { AnswerReading } from './reading.ts';
import type { Receiver, ReceiverHost } from './receiver.ts';
import type { Relay } from './relay.ts';
import { tailCounts } from './tail-counts.ts';

export interface AnswerOptions {
  readonly reading: AnswerReading;
  readonly relay: Relay;
  readonly limits: PipelineLimits;
  readonly status: number;
  readonly contentType: string;
  readonly head: Readonly<Record<string, string>>;
  /** What its counts add to the head. */
  readonly headersOf: (facts: ResponseFacts) => Readonly<Record<string, string>>;
  /** What a client is told of an answer that cannot be written behind the head it has got. */
  readonly errorFor: (failure: Failure) => GatewayError;
  readonly call: () => UpstreamCall;
}

/** What must be held as a whole may be this many times larger than what is only judged. */
const LARGEST_WHOLE = 8;

type Translated = Extract<AnswerVerdict, { kind: 'answer' }>['translated'];

export function receiveAnswer(options: AnswerOptions, host: ReceiverHost): Receiver {
  const { relay, reading } = options;
  let held: Uint8Array[] | undefined = [];
  let heldBytes = 0;
  const asItComes = reading.asItComes?.(options.contentType) === true;
  const most = asItComes ? 0 : options.limits.answerBytes * (reading.needsWhole ? LARGEST_WHOLE : 1);

  function send(chunk: Uint8Array): void {
    if (!relay.write(chunk)) options.call().pause();
  }

  function passOn(chunks: readonly Uint8Array[]): void {
    held = undefined;
    if (relay.committed) return misfit(NO_FACTS);
    host.content();
    relay.quiet();
    relay.onDrain(() => options.call().resume());
    relay.commit(options.status, options.head);
    for (const chunk of chunks) send(chunk);
  }

  function deliver(translated: Translated, facts: ResponseFacts, body: Uint8Array): void {
    host.content();
    if (translated === undefined && relay.committed) return deliverEvents(facts, body);
    const head = { ...options.head, ...options.headersOf(facts) };
    if (translated === undefined) relay.answer(options.status, head, body);
    else relay.answer(options.status, { ...head, 'content-type': translated.contentType }, translated.body);
    host.delivered(facts);
  }

  /** A sign of life went out under the head of a stream. */
  function deliverEvents(facts: ResponseFacts, body: Uint8Array): void {
    const events = written(reading, body);
    if (events === null) return misfit(facts);
    relay.write(events);
    relay.end();
    host.delivered(facts);
  }

  /** No reader of events takes it for one, and asking for it again would bring the same. */
  function misfit(facts: ResponseFacts): void {
    const told = remark('in-one-piece');
    const failure: Failure = { kind: 'gateway', code: 'upstream_invalid_response', told };
    relay.breakOff(reading.renderError(options.errorFor(failure), reading.observe()));
    host.cut(failure, facts);
  }

  /** Of what was passed on as it came. Sound and pictures by themselves tell nothing. */
  function countsSent(): ResponseFacts {
    const sent = asItComes ? null : relay.body.take(options.contentType, 0);
    return sent === null ? NO_FACTS : tailCounts(reading, sent);
  }

  return {
    data(chunk) {
      host.alive();
      if (held === undefined) return send(chunk);
      held.push(chunk);
      heldBytes += chunk.length;
      if (heldBytes <= most) return;
      if (!reading.needsWhole) return passOn(held);
      const told = remark('answer-beyond', { megabytes: most / 1_048_576 });
      host.failed({ kind: 'gateway', code: 'upstream_invalid_response', told }, null);
    },
    end() {
      if (held === undefined) {
        relay.end();
        return host.delivered(countsSent());
      }
      const [first] = held;
      const body = held.length === 1 && first !== undefined ? first : Buffer.concat(held);
      const verdict = judged(reading, body, options.contentType);
      switch (verdict.kind) {
        case 'answer':
          return deliver(verdict.translated, verdict.facts, body);
        case 'error':
          return host.failed({ kind: 'answer', error: verdict.error, headers: {} }, null, verdict.facts);
        case 'invalid':
          return host.failed(
            { kind: 'gateway', code: 'upstream_invalid_response', told: verdict.why },
            null,
            verdict.facts,
          );
      }
    },
    broke(failure: Failure) {
      if (held !== undefined) return host.failed(failure, null);
      relay.breakOff(null);
      host.cut(failure, NO_FACTS);
    },
    stop: () => undefined,
  };
}

/** @returns null for what no events are known of */
function written({ asEvents }: AnswerReading, body: Uint8Array): Uint8Array | null {
  try {
    return asEvents === null ? null : asEvents(body);
  } catch {
    // A part of it that only its own reader knows.
    return null;
  }
}

/** What cannot be read, or written in the client's dialect, is the upstream's fault and touches nobody else. */
function judged(reading: AnswerReading, body: Uint8Array, contentType: string): AnswerVerdict {
  try {
    return reading.judge(body, contentType);
  } catch (error) {
    return { kind: 'invalid', why: remark('answer-untranslated', {}, toldOfError(error)) };
  }
}

/**
 * A whole, non-streamed answer: judged before the client gets a byte of it, so that an error behind a good
 * status can still be answered elsewhere. One that is too large to hold is passed on as it comes.
 */
import type { Dialect } from '../core/dialect.ts';
import type { UpstreamCall } from '../core/upstream.ts';
import type { Failure } from '../routing/outcome.ts';
import { NO_FACTS } from './attempt-end.ts';
import type { PipelineLimits } from './ports.ts';
import type { Receiver, ReceiverHost } from './receiver.ts';
import type { Relay } from './relay.ts';

export interface AnswerOptions {
  readonly dialect: Dialect;
  readonly relay: Relay;
  readonly limits: PipelineLimits;
  readonly status: number;
  readonly contentType: string;
  readonly head: Readonly<Record<string, string>>;
  readonly call: () => UpstreamCall;
}

export function receiveAnswer(options: AnswerOptions, host: ReceiverHost): Receiver {
  const { relay } = options;
  let held: Uint8Array[] | undefined = [];
  let heldBytes = 0;

  function send(chunk: Uint8Array): void {
    if (!relay.write(chunk)) options.call().pause();
  }

  function passOn(chunks: readonly Uint8Array[]): void {
    held = undefined;
    host.content();
    relay.onDrain(() => options.call().resume());
    relay.commit(options.status, options.head);
    for (const chunk of chunks) send(chunk);
  }

  return {
    data(chunk) {
      host.alive();
      if (held === undefined) return send(chunk);
      held.push(chunk);
      heldBytes += chunk.length;
      if (heldBytes > options.limits.answerBytes) passOn(held);
    },
    end() {
      if (held === undefined) {
        relay.end();
        return host.delivered(NO_FACTS);
      }
      const [first] = held;
      const body = held.length === 1 && first !== undefined ? first : Buffer.concat(held);
      const verdict = options.dialect.judgeAnswer(body, options.contentType);
      switch (verdict.kind) {
        case 'answer':
          host.content();
          relay.answer(options.status, options.head, body);
          return host.delivered(verdict.facts);
        case 'error':
          return host.failed({ kind: 'answer', error: verdict.error, headers: {} }, null);
        case 'invalid':
          return host.failed(
            { kind: 'gateway', code: 'upstream_invalid_response', detail: verdict.reason },
            null,
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

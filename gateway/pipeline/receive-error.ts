/** The body of an answer whose status already says that the attempt failed: read within bounds, never relayed yet. */
import type { UpstreamCall } from '../core/upstream.ts';
import type { Failure } from '../routing/outcome.ts';
import type { AnswerReading } from './reading.ts';
import type { Receiver, ReceiverHost } from './receiver.ts';

export interface ErrorOptions {
  readonly reading: AnswerReading;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly head: Readonly<Record<string, string>>;
  /** Bytes of the body that are kept. */
  readonly most: number;
  readonly call: () => UpstreamCall;
}

export function receiveError(options: ErrorOptions, host: ReceiverHost): Receiver {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  let over = false;

  const done = (): void => {
    if (over) return;
    over = true;
    const body = Buffer.concat(chunks).subarray(0, options.most);
    const error = options.reading.readError(options.status, body);
    const failure: Failure = { kind: 'answer', error, headers: options.headers };
    // Half an error body is not the upstream's word any more.
    const whole = bytes <= options.most;
    const answer = { status: options.status, headers: options.head, body };
    host.failed(failure, whole ? options.reading.passOn(error, answer) : null);
  };

  return {
    data(chunk) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > options.most) {
        options.call().abort();
        done();
      }
    },
    end: done,
    // The status was known: what broke afterwards changes nothing.
    broke: done,
    stop: () => undefined,
  };
}

/** One call to one upstream with one key: sent, timed, received, ended exactly once (DESIGN section 2.6 to 2.9). */
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { PreparedBody } from '../core/dialect.ts';
import type { GatewayError } from '../core/errors.ts';
import type { UpstreamCall } from '../core/upstream.ts';
import type { ResponseFacts } from '../core/usage.ts';
import type { Failure } from '../routing/outcome.ts';
import { NO_FACTS, type AttemptEnd, type AttemptTimes, type PreparedAnswer } from './attempt-end.ts';
import { answerHeaders, STREAM_HEADERS } from './headers.ts';
import type { PipelinePorts } from './ports.ts';
import type { AnswerReading } from './reading.ts';
import { receiveAnswer } from './receive-answer.ts';
import { receiveError } from './receive-error.ts';
import { receiveStream } from './receive-stream.ts';
import type { Receiver, ReceiverHost } from './receiver.ts';
import type { Relay } from './relay.ts';
import type { RuntimeProvider } from '../core/runtime-provider.ts';
import type { Stop } from './stop.ts';
import { compressed, compressionOf, unpacking } from './unpack.ts';
import { startWatchdog, type Watchdog } from '../core/watchdog.ts';

export interface AttemptRequest {
  readonly provider: RuntimeProvider;
  readonly url: string;
  readonly reading: AnswerReading;
  readonly body: PreparedBody;
  /** Headers for the upstream, credential included. */
  readonly headers: Readonly<Record<string, string>>;
  readonly streamed: boolean;
  readonly freshSocket: boolean;
  /** No other key or target is left. Asked when a stream begins. */
  readonly lastChance: () => boolean;
  /** Hears that the first content has come. */
  readonly answers: () => void;
  /** Headers of the client's answer that the gateway itself adds. */
  readonly ownHeaders: Readonly<Record<string, string>>;
  /** Headers of a whole answer that only its counts tell. */
  readonly headersOf: (facts: ResponseFacts) => Readonly<Record<string, string>>;
  /** What a client is told of `failure`, should it come in the middle of the answer. */
  readonly errorFor: (failure: Failure) => GatewayError;
  /** Fires when all attempts together have taken too long, or the process ends. */
  readonly stop: Stop;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const WAITED = {
  first_content_timeout: 'no-content-in',
  idle_timeout: 'silent-for',
  total_timeout: 'not-whole-in',
} as const;

/** Runs one attempt. Never rejects; after it resolves, nothing of it touches the relay any more. */
export function runAttempt(request: AttemptRequest, relay: Relay, ports: PipelinePorts): Promise<AttemptEnd> {
  return new Promise((resolve) => {
    new Attempt(request, relay, ports, resolve).start();
  });
}

class Attempt implements ReceiverHost {
  readonly #request: AttemptRequest;
  readonly #relay: Relay;
  readonly #ports: PipelinePorts;
  readonly #resolve: (end: AttemptEnd) => void;
  readonly #times: Mutable<AttemptTimes>;
  #call: UpstreamCall | undefined;
  #status: number | null = null;
  #headers: Readonly<Record<string, string>> = {};
  #reusedSocket = false;
  #receiver: Receiver | undefined;
  #facts: () => ResponseFacts = () => NO_FACTS;
  /** First content until it came, then the silence between events. */
  #waiting: Watchdog | undefined;
  #stopTotal: () => void = () => undefined;
  #stopListening: () => void = () => undefined;
  #over = false;

  constructor(
    request: AttemptRequest,
    relay: Relay,
    ports: PipelinePorts,
    resolve: (end: AttemptEnd) => void,
  ) {
    this.#request = request;
    this.#relay = relay;
    this.#ports = ports;
    this.#resolve = resolve;
    const started = ports.clock.monotonic();
    this.#times = {
      started,
      connected: null,
      sent: null,
      firstByte: null,
      firstContent: null,
      done: started,
    };
  }

  start(): void {
    const { provider, url, body, headers, freshSocket, streamed, stop } = this.#request;
    const { clock, upstream } = this.#ports;
    const onLeft = (): void => {
      if (this.#receiver?.left?.() !== true) this.#abandon('client-left');
    };
    const onStop = (): void => this.#abandon('stopped');
    const forgetLeft = this.#relay.onLeft(onLeft);
    const forgetStop = stop.onStop(onStop);
    // Named before it is kept, or the request would outlive every collection of young objects (docs/decisions/0015).
    const stopListening = (): void => {
      forgetLeft();
      forgetStop();
    };
    this.#stopListening = stopListening;
    if (this.#relay.left !== 'no') return this.#abandon('client-left');
    if (stop.stopped) return this.#abandon('stopped');

    const total = streamed ? provider.timeouts.total : provider.timeouts.answer;
    this.#stopTotal = startWatchdog(clock, total, () => this.#expire('total_timeout', total)).stop;
    this.#call = upstream.send(
      {
        method: 'POST',
        url,
        headers,
        body: body.chunks,
        bodyLength: body.length,
        connectTimeout: provider.timeouts.connect,
        proxy: provider.proxy,
        noProxy: provider.noProxy,
        allowPrivateNetwork: provider.allowPrivateNetwork,
        freshSocket,
      },
      {
        connected: (reused) => this.#connected(reused),
        sent: () => {
          this.#times.sent = clock.monotonic();
        },
        headers: (status, answer) => this.#answered(status, answer),
        data: (chunk) => this.#receiver?.data(chunk),
        end: () => this.#receiver?.end(),
        failed: (failure) => this.#broke({ kind: 'transport', failure }),
      },
    );
    // A call can break within `send`; then there is nothing left to hold on to.
    if (this.#over) this.#call.abort();
  }

  #connected(reusedSocket: boolean): void {
    this.#times.connected = this.#ports.clock.monotonic();
    this.#reusedSocket = reusedSocket;
    const { streamed, provider } = this.#request;
    if (!streamed || this.#over) return;
    const span = provider.timeouts.firstContent;
    this.#waiting = startWatchdog(this.#ports.clock, span, () => this.#expire('first_content_timeout', span));
  }

  #answered(status: number, headers: Readonly<Record<string, string>>): void {
    this.#status = status;
    this.#headers = headers;
    this.#times.firstByte = this.#ports.clock.monotonic();
    this.#receiver = this.#chooseReceiver(status, headers);
  }

  /** None where what comes cannot be received: then the attempt is over. */
  #chooseReceiver(status: number, headers: Readonly<Record<string, string>>): Receiver | undefined {
    const { reading, ownHeaders, headersOf, lastChance, errorFor, streamed } = this.#request;
    const { clock, limits } = this.#ports;
    const head = answerHeaders(headers, ownHeaders);
    const contentType = headers['content-type'] ?? '';
    const compression = compressionOf(headers);
    const refuse = (failure: Failure): void => this.failed(failure, null);
    const common = { reading, relay: this.#relay, limits, head, call: () => this.#running() };
    if (status < 200 || status > 299) {
      const receiver = receiveError({ ...common, status, headers, most: limits.errorBytes }, this);
      return unpacking(receiver, compression, limits.errorBytes);
    }
    if (!streamed || !/^text\/event-stream/i.test(contentType)) {
      const receiver = receiveAnswer({ ...common, headersOf, errorFor, status, contentType }, this);
      return unpacking(receiver, compression, limits.answerBytes, refuse);
    }
    if (compression !== null) {
      refuse(compressed(compression));
      return undefined;
    }
    const receiver = receiveStream(
      {
        ...common,
        clock,
        lastChance: lastChance(),
        errorFor,
        redact: this.#ports.redact,
        head: { ...head, ...streamType(reading), ...STREAM_HEADERS },
      },
      this,
    );
    const facts = (): ResponseFacts => receiver.observer.facts();
    this.#facts = facts;
    return receiver;
  }

  #running(): UpstreamCall {
    if (this.#call === undefined) throw new Error('the upstream answered before the call was made');
    return this.#call;
  }

  #expire(code: 'first_content_timeout' | 'idle_timeout' | 'total_timeout', span: number): void {
    this.#call?.abort();
    const told = remark(WAITED[code], { seconds: Math.round(span / 100) / 10 });
    this.#broke({ kind: 'gateway', code, told });
  }

  #broke(failure: Failure): void {
    if (this.#over) return;
    if (this.#receiver === undefined) this.failed(failure, null);
    else this.#receiver.broke(failure);
  }

  #abandon(kind: 'client-left' | 'stopped'): void {
    this.#call?.abort();
    this.#finish({ kind, facts: this.#facts() });
  }

  content(): void {
    if (this.#times.firstContent !== null) return;
    this.#times.firstContent = this.#ports.clock.monotonic();
    this.#request.answers();
    this.#waiting?.stop();
    this.#waiting = undefined;
    if (!this.#request.streamed || this.#over) return;
    const span = this.#request.provider.timeouts.idle;
    this.#waiting = startWatchdog(this.#ports.clock, span, () => this.#expire('idle_timeout', span));
  }

  alive(): void {
    if (this.#times.firstContent !== null) this.#waiting?.touch();
  }

  failed(failure: Failure, answer: PreparedAnswer | null, facts: ResponseFacts = this.#facts()): void {
    this.#finish({ kind: 'failed', failure, answer, facts });
  }

  delivered(facts: ResponseFacts): void {
    this.#finish({ kind: 'delivered', facts });
  }

  left(): void {
    this.#abandon('client-left');
  }

  cut(failure: Failure, facts: ResponseFacts): void {
    this.#finish({ kind: 'cut', failure, facts });
  }

  #finish(
    how:
      | { kind: 'delivered' | 'client-left' | 'stopped'; facts: ResponseFacts }
      | { kind: 'cut'; failure: Failure; facts: ResponseFacts }
      | { kind: 'failed'; failure: Failure; answer: PreparedAnswer | null; facts: ResponseFacts },
  ): void {
    if (this.#over) return;
    this.#over = true;
    this.#stopTotal();
    this.#stopListening();
    this.#waiting?.stop();
    this.#receiver?.stop();
    this.#relay.onDrain(undefined);
    this.#times.done = this.#ports.clock.monotonic();
    // Whatever is still under way upstream is of no use to anybody.
    if (how.kind !== 'delivered') this.#call?.abort();
    this.#resolve({
      ...how,
      times: this.#times,
      status: this.#status,
      reusedSocket: this.#reusedSocket,
      headers: this.#headers,
    });
  }
}

function streamType({ streamType: type }: AnswerReading): Readonly<Record<string, string>> {
  return type === null ? {} : { 'content-type': type };
}

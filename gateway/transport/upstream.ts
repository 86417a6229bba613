/** Calls to upstreams over undici's dispatch interface: no streams in between, no retries, no redirects. */
import type { Dispatcher } from 'undici';
import type { Clock } from '../core/ports.ts';
import type { Upstream, UpstreamCall, UpstreamListener, UpstreamRequest } from '../core/upstream.ts';
import { resolveBySystem, type Resolve } from './address-guard.ts';
import { createDial } from './dial.ts';
import { describeFailure } from './failure.ts';
import { ABANDONED, createLines, type Line, type Lines } from './lines.ts';
import { createWays } from './ways.ts';

export interface UpstreamOptions {
  readonly clock: Clock;
  /** Read for the proxies of the system. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Name resolution; the system's when absent. */
  readonly resolve?: Resolve;
}

export function createUpstream({ clock, environment, resolve = resolveBySystem }: UpstreamOptions): Upstream {
  const lines = createLines(createDial(clock, resolve));
  const wayOf = createWays(environment);
  return {
    send(request, listener) {
      const call = new Call(listener);
      call.start(request, wayOf, lines);
      return call;
    },
    renew: () => lines.renew(),
    close() {
      lines.close();
      return Promise.resolve();
    },
  };
}

class Call implements UpstreamCall, Dispatcher.DispatchHandler {
  readonly #listener: UpstreamListener;
  #line: Line | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  /** Host of the proxy. */
  #proxy: string | undefined;
  #starting = true;
  #begun = false;
  #reusedSocket = false;
  #answered = false;
  #paused = false;
  #over = false;

  constructor(listener: UpstreamListener) {
    this.#listener = listener;
  }

  start(request: UpstreamRequest, wayOf: ReturnType<typeof createWays>, lines: Lines): void {
    const { body } = request;
    try {
      const { path, route } = wayOf(request);
      this.#proxy = route.proxy?.host;
      this.#line = lines.take(route, request.freshSocket);
      this.#line.dispatch(
        {
          path,
          method: request.method,
          headers: request.headers,
          // Copying costs 0.3 ms for 1 MB; for usual sizes writing the parts one by one costs more.
          body: body.length === 0 ? null : body.length === 1 ? body[0] : Buffer.concat(body),
        },
        this,
      );
    } catch (error) {
      this.onResponseError(null, error instanceof Error ? error : new Error(String(error)));
    }
    this.#starting = false;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#over || this.#line === undefined) return controller.abort(ABANDONED);
    this.#controller = controller;
    // Whoever paused before now had nothing to pause yet.
    if (this.#paused) controller.pause();
    this.#begun = true;
    this.#reusedSocket = this.#line.begin();
    this.#listener.connected(this.#reusedSocket);
  }

  onRequestSent(): void {
    if (!this.#over) this.#listener.sent();
  }

  /** The first byte of an answer came. */
  onResponseStarted(): void {
    this.#answered = true;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  ): void {
    // Answers below 200 announce the one that counts.
    if (this.#over || status < 200) return;
    this.#listener.headers(status, joined(headers));
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#over) this.#listener.data(chunk);
  }

  onResponseEnd(): void {
    if (this.#over) return;
    this.#over = true;
    this.#line?.release();
    this.#listener.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    // The caller has not got the call yet; it must hear of the end after it has.
    if (this.#starting) queueMicrotask(() => this.#fail(error));
    else this.#fail(error);
  }

  #fail(error: Error): void {
    if (this.#over) return;
    this.#over = true;
    const peerLeft = this.#line?.peerLeft(error) ?? false;
    this.#line?.close();
    this.#listener.failed(
      describeFailure({
        error,
        begun: this.#begun,
        answered: this.#answered,
        peerLeft,
        reusedSocket: this.#reusedSocket,
        proxy: this.#proxy,
      }),
    );
  }

  pause(): void {
    // After the end the socket may carry another call, which is not ours to pause or resume.
    if (this.#over) return;
    this.#paused = true;
    this.#controller?.pause();
  }

  resume(): void {
    this.#paused = false;
    this.#controller?.resume();
  }

  abort(): void {
    if (this.#over) return;
    this.#over = true;
    this.#controller?.abort(ABANDONED);
    this.#line?.close();
  }
}

function joined(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Readonly<Record<string, string>> {
  const plain: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) plain[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return plain;
}

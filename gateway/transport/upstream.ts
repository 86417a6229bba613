/** Calls to upstreams over undici's dispatch interface: no streams in between, no retries, no redirects. */
import type { Socket } from 'node:net';
import type { Dispatcher } from 'undici';
import type { Upstream, UpstreamCall, UpstreamListener, UpstreamRequest } from '../core/upstream.ts';
import { AddressRefused, checkLiteral, type Resolve } from './address-guard.ts';
import { createDispatchers, type Dispatchers } from './dispatchers.ts';
import { describeFailure } from './failure.ts';
import { chooseProxy, proxyName } from './proxy-choice.ts';
import { watchSockets, type SocketWatch } from './socket-watch.ts';

export interface UpstreamOptions {
  /** Read for the proxies of the system. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Name resolution; the system's when absent. */
  readonly resolve?: Resolve;
}

export function createUpstream(options: UpstreamOptions): Upstream {
  const dispatchers = createDispatchers(options.resolve);
  const sockets = watchSockets();
  return {
    send(request, listener) {
      const call = new Call(listener);
      call.start(request, options.environment, dispatchers, sockets);
      return call;
    },
    async close() {
      await dispatchers.close();
      sockets.close();
    },
  };
}

/** What an aborted call ends with; nobody is told. */
const ABANDONED = new Error('the gateway abandoned the call');

class Call implements UpstreamCall, Dispatcher.DispatchHandler {
  readonly #listener: UpstreamListener;
  #controller: Dispatcher.DispatchController | undefined;
  #proxy: string | undefined;
  #socket: Socket | undefined;
  #bytesBefore = 0;
  #reusedSocket = false;
  #answered = false;
  #paused = false;
  #over = false;

  constructor(listener: UpstreamListener) {
    this.#listener = listener;
  }

  start(
    request: UpstreamRequest,
    environment: UpstreamOptions['environment'],
    dispatchers: Dispatchers,
    sockets: SocketWatch,
  ): void {
    try {
      const url = new URL(request.url);
      const proxy = chooseProxy(url, request.proxy, request.noProxy, environment);
      this.#proxy = proxy === undefined ? undefined : proxyName(proxy);
      if (proxy !== undefined) checkLiteral(url.hostname, request.allowPrivateNetwork);
      const dispatcher = dispatchers.get({
        proxy,
        allowPrivate: request.allowPrivateNetwork,
        connectTimeout: request.connectTimeout,
        fresh: request.freshSocket,
      });
      const { body } = request;
      sockets.during(this, () => {
        dispatcher.dispatch(
          {
            origin: url.origin,
            path: url.pathname + url.search,
            method: request.method,
            headers: request.headers,
            body: body.length === 0 ? null : body.length === 1 ? body[0] : Buffer.concat(body),
          },
          this,
        );
      });
    } catch (error) {
      const known = error instanceof Error ? error : new Error(String(error));
      // The caller has not got the call yet; it must hear of the end after it has.
      queueMicrotask(() => this.#fail(known));
    }
  }

  onSocket(socket: Socket, reused: boolean): void {
    this.#socket = socket;
    this.#bytesBefore = socket.bytesRead;
    this.#reusedSocket = reused;
    if (!this.#over) this.#listener.connected(reused);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#over) controller.abort(ABANDONED);
  }

  onRequestSent(): void {
    if (!this.#over) this.#listener.sent();
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  ): void {
    if (this.#over || status < 200) return;
    this.#answered = true;
    this.#listener.headers(status, joined(headers));
    if (this.#paused) this.#controller?.pause();
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#over) this.#listener.data(chunk);
  }

  onResponseEnd(): void {
    if (this.#over) return;
    this.#over = true;
    this.#listener.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error);
  }

  #fail(error: Error): void {
    if (this.#over) return;
    this.#over = true;
    const moved = this.#socket !== undefined && this.#socket.bytesRead > this.#bytesBefore;
    this.#listener.failed(
      describeFailure({
        error,
        started: this.#socket !== undefined,
        answered: this.#answered || moved,
        reusedSocket: this.#reusedSocket,
        proxy: error instanceof AddressRefused ? undefined : this.#proxy,
      }),
    );
  }

  pause(): void {
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

/** A call to an upstream with everything it told written down. */
import type { Upstream, UpstreamCall, UpstreamFailure, UpstreamRequest } from '../core/upstream.ts';

export type CallEvent = 'connected' | 'reused' | 'sent' | 'headers' | 'data' | 'end' | 'failed';

export interface RecordedCall {
  readonly call: UpstreamCall;
  readonly events: readonly CallEvent[];
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The body so far. */
  readonly body: Buffer;
  readonly failure: UpstreamFailure | undefined;
  /** Resolves when the call has told `event`, now or before. */
  readonly told: (event: CallEvent) => Promise<void>;
  /** Resolves after `end` or `failed`. */
  readonly over: Promise<void>;
}

/** @param react is called within each callback */
export function recordCall(
  upstream: Upstream,
  request: UpstreamRequest,
  react: (event: CallEvent, call: UpstreamCall) => void = () => undefined,
): RecordedCall {
  const events: CallEvent[] = [];
  const chunks: Uint8Array[] = [];
  const waiting = new Map<CallEvent, (() => void)[]>();
  let status = 0;
  let headers: Readonly<Record<string, string>> = {};
  let failure: UpstreamFailure | undefined;

  const tell = (event: CallEvent): void => {
    events.push(event);
    react(event, call);
    for (const resolve of waiting.get(event) ?? []) resolve();
    waiting.delete(event);
  };
  const told = (event: CallEvent): Promise<void> =>
    events.includes(event)
      ? Promise.resolve()
      : new Promise((resolve) => waiting.set(event, [...(waiting.get(event) ?? []), resolve]));

  const call = upstream.send(request, {
    connected: (reused) => tell(reused ? 'reused' : 'connected'),
    sent: () => tell('sent'),
    headers(code, all) {
      status = code;
      headers = all;
      tell('headers');
    },
    data(chunk) {
      chunks.push(chunk);
      tell('data');
    },
    end: () => tell('end'),
    failed(why) {
      failure = why;
      tell('failed');
    },
  });
  return {
    call,
    events,
    get status() {
      return status;
    },
    get headers() {
      return headers;
    },
    get body() {
      return Buffer.concat(chunks);
    },
    get failure() {
      return failure;
    },
    told,
    over: Promise.race([told('end'), told('failed')]),
  };
}

/** A request as the tests send it: JSON in two parts, nothing in between, private addresses allowed. */
export function upstreamRequest(url: string, part: Partial<UpstreamRequest> = {}): UpstreamRequest {
  return {
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json' },
    body: [Buffer.from('{"a":'), Buffer.from('1}')],
    bodyLength: 7,
    connectTimeout: 10_000,
    proxy: 'none',
    noProxy: [],
    allowPrivateNetwork: true,
    freshSocket: false,
    ...part,
  };
}

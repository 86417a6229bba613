/** One call to an upstream, as the pipeline sees the transport. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { ErrorCode } from './errors.ts';

export interface UpstreamRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Built by the caller from allow-lists; the transport adds only `host` and `content-length`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: readonly Uint8Array[];
  /** Bytes of the whole body. */
  readonly bodyLength: number;
  /** DNS, TCP and TLS together, ms. */
  readonly connectTimeout: number;
  /** `system`, `none`, or the address of an HTTP proxy. */
  readonly proxy: string;
  /** Hosts that are reached directly in spite of a proxy, in the form of NO_PROXY. */
  readonly noProxy: readonly string[];
  /** Loopback and private addresses may be dialled. Link-local and metadata addresses never are. */
  readonly allowPrivateNetwork: boolean;
  /** Do not use a kept-alive socket. */
  readonly freshSocket: boolean;
}

/** Why a call broke, and where it stood then. */
export interface UpstreamFailure {
  readonly code: Extract<
    ErrorCode,
    | 'connect_timeout'
    | 'upstream_unreachable'
    | 'upstream_address_refused'
    | 'upstream_cut'
    | 'upstream_invalid_response'
  >;
  /** `not-sent`: no byte of the request left us. `sent`: no byte came back. `answering`: some did. */
  readonly where: 'not-sent' | 'sent' | 'answering';
  readonly reusedSocket: boolean;
  /** For people: what the system or parser said, without secrets. */
  readonly told: Told;
}

/**
 * Callbacks of one call, in this order: `connected`, `sent`, `headers`, `data`*, then `end` or `failed`
 * exactly once; none of them within `send`. After `abort()` none is called any more. A callback must not throw.
 */
export interface UpstreamListener {
  /** A socket is ready. */
  connected(reusedSocket: boolean): void;
  /** The whole request was handed to the socket. */
  sent(): void;
  /** Header names are lower-case; repeated headers are joined with `, `. */
  headers(status: number, headers: Readonly<Record<string, string>>): void;
  /** Bytes of the body, unchanged. The callee may keep the buffer. */
  data(chunk: Uint8Array): void;
  /** The body ended as HTTP says it must. */
  end(): void;
  failed(failure: UpstreamFailure): void;
}

export interface UpstreamCall {
  /** Stops `data` until `resume`; the socket's window then holds the upstream back. */
  pause(): void;
  resume(): void;
  /** Ends the call at once and closes its socket. Safe at any time, any number of times. */
  abort(): void;
}

export interface Upstream {
  send(request: UpstreamRequest, listener: UpstreamListener): UpstreamCall;
  /** Gives up every kept-alive socket, those in use after their call: the next call gets a new one. */
  renew(): void;
  /** Closes kept-alive sockets; running calls are left to their callers. */
  close(): Promise<void>;
}

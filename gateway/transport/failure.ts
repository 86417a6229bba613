/** Broken calls in the words of the pipeline. Judged by code, never by message text. Pure. */
import type { UpstreamFailure } from '../core/upstream.ts';
import { AddressRefused } from './address-guard.ts';

export interface BrokenCall {
  readonly error: Error;
  /** The request began to be written to a socket. */
  readonly started: boolean;
  /** Bytes of the answer arrived. */
  readonly answered: boolean;
  readonly reusedSocket: boolean;
  /** Host of the proxy, if there was one. */
  readonly proxy: string | undefined;
}

const TIMED_OUT = new Set(['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT']);
const MALFORMED = new Set([
  'UND_ERR_HEADERS_OVERFLOW',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_RES_EXCEEDED_MAX_SIZE',
]);

/** What people know these conditions by. */
const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection closed',
  ENOTFOUND: 'the name cannot be resolved',
  EAI_AGAIN: 'the name cannot be resolved right now',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to the network',
  UND_ERR_SOCKET: 'the connection was closed',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  ETIMEDOUT: 'no connection in time',
  UND_ERR_HEADERS_OVERFLOW: 'the head of the answer is too large',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the length of the answer is not what it said',
};

export function describeFailure(broken: BrokenCall): UpstreamFailure {
  const cause = innermost(broken.error);
  const code = codeOf(cause);
  const { reusedSocket } = broken;
  const words = WORDS[code] ?? (cause.message === '' ? cause.name : cause.message);
  const detail = broken.proxy === undefined ? words : `through proxy ${broken.proxy}: ${words}`;
  if (cause instanceof AddressRefused) {
    return { code: 'upstream_address_refused', where: 'not-sent', reusedSocket, detail: cause.message };
  }
  if (!broken.started) {
    return {
      code: TIMED_OUT.has(code) ? 'connect_timeout' : 'upstream_unreachable',
      where: 'not-sent',
      reusedSocket,
      detail,
    };
  }
  const where = broken.answered ? 'answering' : 'sent';
  if (MALFORMED.has(code) || cause.name === 'HTTPParserError') {
    return { code: 'upstream_invalid_response', where: 'answering', reusedSocket, detail };
  }
  return { code: 'upstream_cut', where, reusedSocket, detail };
}

/** The first inner error that says something: connections to several addresses fail together. */
function innermost(error: Error): Error {
  if (error instanceof AggregateError) {
    const first: unknown = error.errors.at(0);
    if (first instanceof Error) return innermost(first);
  }
  return error.cause instanceof Error ? innermost(error.cause) : error;
}

function codeOf(error: Error): string {
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' ? code : '';
}

/** Broken calls in the words of the pipeline. Judged by code, never by message text. Pure. */
import type { UpstreamFailure } from '../core/upstream.ts';
import { AddressRefused } from './address-guard.ts';
import { DialFailure } from './dial-failure.ts';

export interface BrokenCall {
  readonly error: Error;
  /** The request began to be written to a socket. */
  readonly begun: boolean;
  /** Bytes of the answer arrived. */
  readonly answered: boolean;
  /** The connection ended from the other side, by FIN or RST. */
  readonly peerLeft: boolean;
  readonly reusedSocket: boolean;
  /** Host of the proxy, if there was one. */
  readonly proxy: string | undefined;
}

const MALFORMED = new Set(['UND_ERR_HEADERS_OVERFLOW', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH']);

/** What people know these conditions by. */
const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection closed',
  ENOTFOUND: 'the name cannot be resolved',
  EAI_AGAIN: 'the name cannot be resolved right now',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to the network',
  ETIMEDOUT: 'no connection in time',
  UND_ERR_SOCKET: 'the connection was closed',
  UND_ERR_HEADERS_OVERFLOW: 'the head of the answer is too large',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the length of the answer is not what it said',
};

export function describeFailure(broken: BrokenCall): UpstreamFailure {
  // Attempts at several addresses fail together; one of them says enough.
  const error = broken.error instanceof AggregateError ? firstOf(broken.error) : broken.error;
  const code = codeOf(error);
  const words = broken.peerLeft ? 'the connection was closed' : wordsFor(error, code);
  const { reusedSocket } = broken;
  if (error instanceof AddressRefused) {
    return { code: 'upstream_address_refused', where: 'not-sent', reusedSocket, detail: words };
  }
  const detail = broken.proxy === undefined ? words : `through proxy ${broken.proxy}: ${words}`;
  if (!broken.begun) {
    const late = code === 'ETIMEDOUT' || (error instanceof DialFailure && error.timedOut);
    const kind = late ? 'connect_timeout' : 'upstream_unreachable';
    return { code: kind, where: 'not-sent', reusedSocket, detail };
  }
  if (!broken.peerLeft && isMalformed(error, code)) {
    return { code: 'upstream_invalid_response', where: 'answering', reusedSocket, detail };
  }
  const where = broken.answered ? 'answering' : 'sent';
  return { code: 'upstream_cut', where, reusedSocket, detail };
}

/** An answer that breaks the rules of HTTP. undici's parser says the same of one that only stops early. */
function isMalformed(error: Error, code: string): boolean {
  return error.name === 'HTTPParserError' || MALFORMED.has(code);
}

function wordsFor(error: Error, code: string): string {
  const known = WORDS[code];
  if (known !== undefined) return known;
  // OpenSSL's own messages carry file names and line numbers; its reason is the readable part.
  const reason: unknown = Reflect.get(error, 'reason');
  if (code.startsWith('ERR_SSL_') && typeof reason === 'string') return `TLS: ${reason}`;
  return error.message === '' ? error.name : error.message;
}

function firstOf(error: AggregateError): Error {
  const first: unknown = error.errors.at(0);
  return first instanceof Error ? first : error;
}

function codeOf(error: Error): string {
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' ? code : '';
}

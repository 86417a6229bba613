/** Broken calls in the words of the pipeline. Judged by code, never by message text. Pure. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { remark } from '../../contract/rpc/remarks/remark.ts';
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
const WORDS: Readonly<Record<string, Told>> = {
  ECONNREFUSED: remark('connection-refused'),
  ECONNRESET: remark('connection-reset'),
  EPIPE: remark('connection-gone'),
  ENOTFOUND: remark('name-unresolved'),
  EAI_AGAIN: remark('name-unresolved-now'),
  EHOSTUNREACH: remark('no-route-to-host'),
  ENETUNREACH: remark('no-route-to-network'),
  ETIMEDOUT: remark('not-connected-in-time'),
  UND_ERR_SOCKET: remark('connection-closed'),
  UND_ERR_HEADERS_OVERFLOW: remark('head-too-large'),
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: remark('length-wrong'),
};

export function describeFailure(broken: BrokenCall): UpstreamFailure {
  // Attempts at several addresses fail together; one of them says enough.
  const error = broken.error instanceof AggregateError ? firstOf(broken.error) : broken.error;
  const code = codeOf(error);
  const words = broken.peerLeft ? remark('connection-closed') : wordsFor(error, code);
  const { reusedSocket } = broken;
  if (error instanceof AddressRefused) {
    return { code: 'upstream_address_refused', where: 'not-sent', reusedSocket, told: words };
  }
  const told = broken.proxy === undefined ? words : remark('through-proxy', { proxy: broken.proxy }, words);
  if (!broken.begun) {
    const late = code === 'ETIMEDOUT' || (error instanceof DialFailure && error.timedOut);
    const kind = late ? 'connect_timeout' : 'upstream_unreachable';
    return { code: kind, where: 'not-sent', reusedSocket, told };
  }
  if (!broken.peerLeft && isMalformed(error, code)) {
    return { code: 'upstream_invalid_response', where: 'answering', reusedSocket, told };
  }
  const where = broken.answered ? 'answering' : 'sent';
  return { code: 'upstream_cut', where, reusedSocket, told };
}

/** An answer that breaks the rules of HTTP. undici's parser says the same of one that only stops early. */
function isMalformed(error: Error, code: string): boolean {
  return error.name === 'HTTPParserError' || MALFORMED.has(code);
}

function wordsFor(error: Error, code: string): Told {
  if (error instanceof DialFailure || error instanceof AddressRefused) return error.told;
  const known = WORDS[code];
  if (known !== undefined) return known;
  // OpenSSL's own messages carry file names and line numbers; its reason is the readable part.
  const reason: unknown = Reflect.get(error, 'reason');
  if (code.startsWith('ERR_SSL_') && typeof reason === 'string')
    return remark('tls-refused', { message: reason });
  return remark('upstream-words', { message: error.message === '' ? error.name : error.message });
}

function firstOf(error: AggregateError): Error {
  const first: unknown = error.errors.at(0);
  return first instanceof Error ? first : error;
}

function codeOf(error: Error): string {
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' ? code : '';
}

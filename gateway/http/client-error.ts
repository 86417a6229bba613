/** Answers what never became a request: garbage, heads that are too large or too slow. */
import type { Duplex } from 'node:stream';
import { STATUS_CODES } from 'node:http';
import { GatewayError } from '../core/errors.ts';
import { renderError } from './envelope.ts';

/**
 * Writes one plain HTTP answer and closes the connection; only closes it where an answer is under way, as
 * anything else would end up inside that answer's body.
 * @param id for the answer's `x-request-id`
 */
export function answerClientError(error: Error, socket: Duplex, answering: boolean, id: string): void {
  const known = clientErrorOf(error);
  if (known === undefined || answering || !socket.writable) return void socket.destroy();
  socket.end(rawAnswer(known, id), () => socket.destroy());
}

/** @returns undefined for a connection that broke: nobody is there to be told */
export function clientErrorOf(error: Error): GatewayError | undefined {
  const code = 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ECONNRESET':
    case 'EPIPE':
      return undefined;
    case 'HPE_HEADER_OVERFLOW':
      return new GatewayError('headers_too_large', 'The headers are larger than 32 KiB or more than 200.');
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new GatewayError('body_too_large', 'The chunk extensions of the body are larger than 16 KiB.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new GatewayError('request_timeout', 'The head of the request did not arrive in time.');
    default:
      return new GatewayError('invalid_request', `This is not HTTP as a client has to send it (${code}).`);
  }
}

function rawAnswer(error: GatewayError, id: string): string {
  const { status, headers, body } = renderError('openai-chat', error, id);
  const fields = Object.entries({
    ...headers,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    ...fields.map(([name, value]) => `${name}: ${value}`),
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

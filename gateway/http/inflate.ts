/** Compressed request bodies: one layer of gzip or nothing, and never more output than the input can justify. */
import { gunzip } from 'node:zlib';
import { GatewayError } from '../core/errors.ts';

/** Output up to this size is fine whatever the ratio, bytes. */
const FREE_OUTPUT = 1_048_576;
/** Beyond that, output bytes per input byte; text compresses about 4:1, a bomb 1,000:1. */
const RATIO = 100;

/**
 * @param header the request's `content-encoding`
 * @throws GatewayError `unsupported_encoding` for anything but one layer of gzip or identity
 */
export function encodingOf(header: string | undefined): 'identity' | 'gzip' {
  const encoding = (header ?? '').trim().toLowerCase();
  if (encoding === '' || encoding === 'identity') return 'identity';
  if (encoding === 'gzip' || encoding === 'x-gzip') return 'gzip';
  throw new GatewayError(
    'unsupported_encoding',
    `The content encoding ${JSON.stringify(encoding.slice(0, 100))} is not read; send the body plain or with one layer of gzip.`,
  );
}

/**
 * @param limit bytes of output at most
 * @throws GatewayError `body_too_large` at the limit or the ratio, `invalid_request` for broken or cut gzip
 */
export function inflate(compressed: Uint8Array, limit: number): Promise<Buffer> {
  const most = Math.min(limit, Math.max(FREE_OUTPUT, compressed.length * RATIO));
  return new Promise((resolve, reject) => {
    gunzip(compressed, { maxOutputLength: most }, (error, output) => {
      if (error === null) return resolve(output);
      reject(isTooLong(error) ? tooLarge(most, limit) : broken(error));
    });
  });
}

const isTooLong = (error: Error): boolean => 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';

function tooLarge(most: number, limit: number): GatewayError {
  const why = most === limit ? `the ${limit} bytes a request may have` : `${RATIO} times its compressed size`;
  return new GatewayError('body_too_large', `The gzip body unpacks to more than ${why}.`);
}

const broken = (error: Error): GatewayError =>
  new GatewayError('invalid_request', `The body is not whole gzip data (${error.message}).`, {
    cause: error,
  });

import { expect, it } from 'vitest';
import { createRedactor } from '../core/redact.ts';
import { decodeBody, encodeBodies } from './body-codec.ts';
import type { SentBody } from './messages.ts';

const redactor = createRedactor(['top-secret-value']);

/** Both bodies in one slab that begins with foreign bytes, as it does in a batch. */
function encode(request: string, response: string) {
  const slab = new Uint8Array(Buffer.from(`foreign${request}${response}`));
  const sent = (offset: number, text: string): SentBody => {
    const length = Buffer.byteLength(text);
    return { dropped: false, offset, length, bytes: length, truncated: false };
  };
  const start = 'foreign'.length;
  return encodeBodies(
    sent(start, request),
    sent(start + Buffer.byteLength(request), response),
    slab,
    redactor,
  );
}

it.each([
  ['small', 'grüß', 'gott'],
  ['empty', '', ''],
  ['only a response', '', 'x'.repeat(5_000)],
  ['large', 'é'.repeat(400_000), 'y'.repeat(400_000)],
])('gives %s bodies back', (_name, request, response) => {
  const encoded = encode(request, response);
  expect(decodeBody(encoded, 'request').text).toBe(request);
  expect(decodeBody(encoded, 'response').text).toBe(response);
});

it('compresses what is worth it', () => {
  expect(encode('short', 'bodies').encoding).toBe('plain');
  const long = encode('word '.repeat(1_000), '');
  expect(long.encoding).toBe('zstd');
  expect(long.block.length).toBeLessThan(200);
});

it('keeps the length of the original beside redacted content', () => {
  const encoded = encode('{"a":"top-secret-value"}', 'after');
  expect(decodeBody(encoded, 'request')).toEqual({ state: 'stored', text: '{"a":"[redacted]"}', bytes: 24 });
  expect(decodeBody(encoded, 'response').text).toBe('after');
});

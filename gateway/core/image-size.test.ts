import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imageSize } from './image-size.ts';

const bytes = (...parts: readonly (string | readonly number[])[]): Buffer =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );

const SOF = [0xff, 0xc0, 0, 17, 8, 0x03, 0x20, 0x04, 0xb0];

describe('size of an image', () => {
  it.each([
    ['PNG', bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', [0, 0, 4, 0xb0], [0, 0, 3, 0x20])],
    ['GIF', bytes('GIF89a', [0xb0, 4, 0x20, 3])],
    ['lossy WebP', bytes('RIFF\0\0\0\0WEBPVP8 \0\0\0\0', [0, 0, 0, 0x9d, 1, 0x2a], [0xb0, 0x44, 0x20, 0x43])],
    ['lossless WebP', bytes('RIFF\0\0\0\0WEBPVP8L\0\0\0\0', [0x2f], [0xaf, 0xc4, 0xc7, 0])],
    ['extended WebP', bytes('RIFF\0\0\0\0WEBPVP8X\0\0\0\0', [0, 0, 0, 0], [0xaf, 4, 0], [0x1f, 3, 0])],
    ['JPEG', bytes([0xff, 0xd8], SOF)],
    [
      'JPEG with segments, a table and filling before',
      bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc4, 0, 3, 9, 0xff, 0xff], SOF.slice(1)),
    ],
  ])('%s', (_name, head) => {
    expect(imageSize(head)).toEqual({ width: 1_200, height: 800 });
    for (let length = 0; length < head.length; length += 1)
      expect(() => imageSize(head.subarray(0, length))).not.toThrow();
  });

  it('of anything else is unknown', () => {
    expect(imageSize(bytes('<svg width="10"/>'))).toBeUndefined();
    expect(imageSize(bytes('GIF89a', [0, 0, 0, 0]))).toBeUndefined();
    expect(imageSize(Buffer.alloc(0))).toBeUndefined();
  });

  it('of rubbish behind a good beginning never throws nor takes for ever', () => {
    const begins = fc.constantFrom(
      '\x89PNG',
      'GIF8',
      '\xff\xd8',
      'RIFF\0\0\0\0WEBPVP8X',
      'RIFF\0\0\0\0WEBPVP8L',
    );
    fc.assert(
      fc.property(begins, fc.uint8Array({ maxLength: 300 }), (begin, rest) => {
        imageSize(bytes(begin, [...rest]));
      }),
    );
  });
});

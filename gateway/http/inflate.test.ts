import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encodingOf, inflate } from './inflate.ts';

const LIMIT = 4_000_000;

describe('content encodings', () => {
  it.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['Identity', 'identity'],
    ['gzip', 'gzip'],
    [' GZIP ', 'gzip'],
    ['x-gzip', 'gzip'],
  ])('reads %j as %s', (header, expected) => {
    expect(encodingOf(header)).toBe(expected);
  });

  it.each(['br', 'zstd', 'deflate', 'gzip, gzip', 'gzip, identity', Array(50).fill('gzip').join(',')])(
    'refuses %s',
    (header) => {
      expect(() => encodingOf(header)).toThrow(expect.objectContaining({ code: 'unsupported_encoding' }));
    },
  );
});

describe('unpacking', () => {
  it('gives the bytes back', async () => {
    const text = JSON.stringify({ model: 'fast', text: '😀'.repeat(1_000) });
    expect((await inflate(gzipSync(text), LIMIT)).toString()).toBe(text);
  });

  it('lets small bodies compress as well as they like, large ones at most 100:1', async () => {
    await expect(inflate(gzipSync(Buffer.alloc(1_000_000)), LIMIT)).resolves.toHaveLength(1_000_000);
    const bomb = gzipSync(Buffer.alloc(3_000_000));
    await expect(inflate(bomb, LIMIT)).rejects.toMatchObject({
      code: 'body_too_large',
      message: expect.stringContaining('100 times'),
    });
  });

  it('stops at the limit of a body', async () => {
    const stored = gzipSync(Buffer.alloc(LIMIT + 1), { level: 0 });
    await expect(inflate(stored, LIMIT)).rejects.toMatchObject({
      code: 'body_too_large',
      message: expect.stringContaining('4000000 bytes'),
    });
  });

  it.each([
    ['cut', gzipSync('{"model":"fast"}').subarray(0, -9)],
    ['empty', new Uint8Array()],
    ['not gzip', Buffer.from('{"model":"fast"}')],
  ])('names a body that is %s', async (_case, bytes) => {
    await expect(inflate(bytes, LIMIT)).rejects.toMatchObject({ code: 'invalid_request' });
  });
});

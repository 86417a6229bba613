import { describe, expect, it } from 'vitest';
import { createCapture } from './capture.ts';

const text = (chunks: readonly Uint8Array[] = []): string => Buffer.concat(chunks).toString();

describe('capture', () => {
  it('keeps everything under the cap, by reference', () => {
    const capture = createCapture(100, true);
    const chunk = Buffer.from('hello');
    capture.add(chunk);
    const taken = capture.take('text/plain');
    expect(taken).toMatchObject({ bytes: 5, truncated: false, contentType: 'text/plain' });
    expect(taken?.chunks[0]?.buffer).toBe(chunk.buffer);
  });

  it.each([1, 3, 7, 64])('keeps head and tail of a long body in pieces of %i', (size) => {
    const body = Buffer.from(Array.from({ length: 1_000 }, (_, index) => 97 + (index % 26)));
    const capture = createCapture(100, true);
    for (let at = 0; at < body.length; at += size) capture.add(body.subarray(at, at + size));
    const taken = capture.take('');
    const kept = text(taken?.chunks);
    expect(taken).toMatchObject({ bytes: 1_000, truncated: true });
    expect(kept.startsWith(body.subarray(0, 50).toString())).toBe(true);
    expect(kept.endsWith(body.subarray(-50).toString())).toBe(true);
    expect(kept.length).toBeLessThanOrEqual(100 + size);
  });

  it('counts without keeping', () => {
    const capture = createCapture(100, false);
    capture.add(Buffer.from('hello'));
    expect(capture.bytes).toBe(5);
    expect(capture.take('')).toBeNull();
  });
});

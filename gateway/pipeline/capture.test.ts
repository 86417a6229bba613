import { describe, expect, it } from 'vitest';
import { createCapture } from './capture.ts';

const text = (chunks: readonly Uint8Array[] = []): string => Buffer.concat(chunks).toString();

describe('capture', () => {
  it('keeps everything under the cap, by reference', () => {
    const capture = createCapture(100, () => 0);
    const chunk = Buffer.from('hello');
    capture.add(chunk);
    const taken = capture.take('text/plain', 0);
    expect(taken).toMatchObject({ bytes: 5, truncated: false, contentType: 'text/plain' });
    expect(taken?.chunks[0]?.buffer).toBe(chunk.buffer);
  });

  it.each([1, 3, 7, 64])('keeps head and tail of a long body in pieces of %i', (size) => {
    const body = Buffer.from(Array.from({ length: 1_000 }, (_, index) => 97 + (index % 26)));
    const capture = createCapture(100, () => 0);
    for (let at = 0; at < body.length; at += size) capture.add(body.subarray(at, at + size));
    const taken = capture.take('', 0);
    const kept = text(taken?.chunks);
    expect(taken).toMatchObject({ bytes: 1_000, truncated: true });
    expect(kept.startsWith(body.subarray(0, 50).toString())).toBe(true);
    expect(kept.endsWith(body.subarray(-50).toString())).toBe(true);
    expect(kept.length).toBeLessThanOrEqual(100 + size);
  });

  it('knows when its bytes came, chunks of one millisecond together', () => {
    let now = 0;
    const capture = createCapture(100, () => now);
    for (const at of [10.2, 10.9, 12.5]) {
      now = at;
      capture.add(Buffer.from('abc'));
    }
    expect(capture.take('', 4.5)?.stream).toEqual({ head: 9, times: [5.5, 6, 7.5, 9] });
  });
});

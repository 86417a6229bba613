import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lastBoundary } from '../core/sse.ts';
import { createEventFramer } from './sse.ts';

/** What comes out for each piece that goes in. */
function frame(pieces: readonly string[]): {
  readonly runs: (string | null)[];
  readonly rest: string | null;
} {
  const framer = createEventFramer();
  const text = (bytes: Uint8Array | null): string | null =>
    bytes === null ? null : Buffer.from(bytes).toString();
  return { runs: pieces.map((piece) => text(framer.push(Buffer.from(piece)))), rest: text(framer.rest()) };
}

describe('the event framer', () => {
  test.each([
    ['a whole event', ['data: a\n\n'], ['data: a\n\n'], null],
    ['many at once', ['data: a\n\ndata: b\n\n'], ['data: a\n\ndata: b\n\n'], null],
    ['one in two pieces', ['data: ', 'a\n\n'], [null, 'data: a\n\n'], null],
    ['whole ones and a beginning', ['data: a\n\nda', 'ta: b\n\n'], ['data: a\n\n', 'data: b\n\n'], null],
    ['the blank line apart', ['data: a\n', '\n'], [null, 'data: a\n\n'], null],
    ['a split CRLF inside', ['data: a\r', '\ndata: b\r\n\r\n'], [null, 'data: a\r\ndata: b\r\n\r\n'], null],
    ['a split CRLF at the end comes at once', ['data: a\r\n\r', '\n'], ['data: a\r\n\r', '\n'], null],
    ['CR CR does not wait', ['data: a\r\r', 'data: b\r\r'], ['data: a\r\r', 'data: b\r\r'], null],
    ['bytes without an end', ['data: a\n\ndata: b\n'], ['data: a\n\n'], 'data: b\n'],
    ['nothing', ['', ''], [null, null], null],
    ['a mark in two pieces', ['\n', ': x\n\n'], ['\n', ': x\n\n'], null],
  ])('%s', (_, pieces, runs, rest) => {
    expect(frame(pieces)).toEqual({ runs, rest });
  });

  test('whole events pass as the very same memory', () => {
    const framer = createEventFramer();
    const chunk = Buffer.from('data: a\n\n');
    expect(framer.push(chunk)).toBe(chunk);
    const mixed = Buffer.from('data: b\n\ndata');
    expect(framer.push(mixed)?.buffer).toBe(mixed.buffer);
  });

  test('an event may be as long as the limit, in any pieces, and no longer', () => {
    const framer = createEventFramer({ maxLine: 64 });
    for (let sent = 0; sent < 64; sent += 1) expect(framer.push(Buffer.from('x'))).toBeNull();
    expect(framer.push(Buffer.from('\n\n'))).toHaveLength(66);
    framer.push(Buffer.alloc(64, 'y'));
    expect(() => framer.push(Buffer.from('y'))).toThrow(/65 bytes of one event .* 64 are allowed/);
    expect(() => framer.push(Buffer.from('y'))).toThrow(
      expect.objectContaining({ code: 'sse_line_too_long' }),
    );
  });

  test('many short events behind a waiting one do not count against the limit', () => {
    const framer = createEventFramer({ maxLine: 16 });
    framer.push(Buffer.from('data: '));
    expect(framer.push(Buffer.from('a\n\n'.repeat(50)))).toHaveLength(156);
  });

  test('any split of any bytes gives back every byte, and runs end with an event', () => {
    const piece = fc.constantFrom('\r', '\n', '\r\n', 'data: x', ':', 'é', '😀', '\uFEFF', ' ');
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        fc.array(fc.nat(), { maxLength: 20 }),
        (parts, cuts) => {
          const whole = Buffer.from(parts.join(''));
          const places = [...cuts.map((cut) => cut % (whole.length + 1)), whole.length].sort((a, b) => a - b);
          const framer = createEventFramer();
          const out: Uint8Array[] = [];
          let from = 0;
          for (const to of places) {
            const run = framer.push(whole.subarray(from, to));
            from = to;
            if (run === null) continue;
            expect(lastBoundary(run, undefined)).toBe(run.length);
            out.push(run);
          }
          const rest = framer.rest();
          if (rest !== null) expect(lastBoundary(rest, undefined)).toBe(0);
          expect(Buffer.concat([...out, rest ?? Buffer.alloc(0)])).toEqual(whole);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

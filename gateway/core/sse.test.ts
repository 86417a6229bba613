import { describe, expect, test } from 'vitest';
import { commentsOf, lastBoundary, readEvent, splitEvents } from './sse.ts';

const LF = 0x0a;
const CR = 0x0d;
const X = 0x78;

describe('lastBoundary', () => {
  test.each([
    ['', undefined, 0],
    ['data: a', undefined, 0],
    ['data: a\n', undefined, 0],
    ['data: a\r\n', undefined, 0],
    ['data: a\n\n', undefined, 9],
    ['data: a\r\n\r\n', undefined, 11],
    ['data: a\r\r', undefined, 9],
    ['data: a\n\r\n', undefined, 10],
    ['data: a\n\r', undefined, 9],
    ['data: a\r\n\n', undefined, 10],
    ['data: a\r\n\r', undefined, 10],
    ['data: a\n\ndata: b', undefined, 9],
    ['data: a\n\ndata: b\n', undefined, 9],
    ['data: a\n\ndata: b\r\ndata: c\r', undefined, 9],
    ['\n', undefined, 1],
    ['\r', undefined, 1],
    // behind bytes of an unfinished event
    ['\n', X, 0],
    ['\n', LF, 1],
    ['\n', CR, 0],
    ['\r', CR, 1],
    ['\r\n', CR, 2],
    ['\n\n', CR, 2],
    ['\r\n', X, 0],
    ['\r\n', LF, 2],
    ['\ndata: b\n\ndata', CR, 10],
  ])('%j after %s: %i', (text, previous, expected) => {
    expect(lastBoundary(Buffer.from(text), previous)).toBe(expected);
  });
});

describe('splitEvents', () => {
  test.each([
    ['', [], true],
    ['a\n\n', ['a\n\n'], true],
    ['a\n\nb\r\n\r\nc\r\rd\n\r\n', ['a\n\n', 'b\r\n\r\n', 'c\r\r', 'd\n\r\n'], true],
    ['\n\na\n\n', ['\n', '\n', 'a\n\n'], true],
    ['a\nb\n\nrest', ['a\nb\n\n', 'rest'], false],
    ['a\n', ['a\n'], false],
  ])('%j', (text, events, whole) => {
    const split = splitEvents(Buffer.from(text));
    expect(split.events.map(String)).toEqual(events);
    expect(split.whole).toBe(whole);
  });
});

describe('readEvent', () => {
  test.each([
    ['data: a\n\n', '', 'a'],
    ['data:a\n\n', '', 'a'],
    ['data:  a\n\n', '', ' a'],
    ['data\n\n', '', ''],
    ['data: a\rdata: b\r\ndata:\n\n', '', 'a\nb\n'],
    ['event: error\ndata: {}\n\n', 'error', '{}'],
    [': comment\n\n', '', null],
    [':\n:\n\n', '', null],
    ['\n', '', null],
    ['id: 7\nretry: 10\n\n', '', null],
    [': hello\ndata: a: b\n\n', '', 'a: b'],
    [' data: a\n\n', '', null],
    ['\uFEFFdata: first\n\n', '', 'first'],
    ['data: a\u2028b\u0085c\n\n', '', 'a\u2028b\u0085c'],
    ['data: [DONE]', '', '[DONE]'],
  ])('%j', (text, name, data) => {
    expect(readEvent(Buffer.from(text))).toEqual({ name, data });
  });
});

test('commentsOf keeps what is not data', () => {
  expect(Buffer.from(commentsOf(Buffer.from(': a\r\ndata: x\r\n:b\r\n\r\n'))).toString()).toBe(
    ': a\r\n:b\r\n\n',
  );
  expect(commentsOf(Buffer.from('data: x\n\n'))).toHaveLength(0);
});

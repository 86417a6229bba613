import { describe, expect, it } from 'vitest';
import { shorten } from './shorten.ts';

const long = 'x'.repeat(500);
const earlier = (count: number): string => `${count} earlier`;

describe('a request as it is shown', () => {
  it.each([
    [
      'what is short stays',
      { model: 'm', n: 1, stream: true, none: null },
      { model: 'm', n: 1, stream: true, none: null },
    ],
    [
      'long texts are cut, however deep',
      { a: [{ b: { c: long } }] },
      { a: [{ b: { c: `${'x'.repeat(120)}…` } }] },
    ],
    [
      'earlier messages are counted',
      { messages: [1, 2, 3, 4, 5, 6] },
      { messages: ['… 2 earlier', 3, 4, 5, 6] },
    ],
    ['in every format', { contents: [1, 2, 3, 4, 5] }, { contents: ['… 1 earlier', 2, 3, 4, 5] }],
    ['half a character is none', { a: `${'x'.repeat(119)}😀` }, { a: `${'x'.repeat(119)}\ufffd…` }],
  ])('%s', (_, body, shown) => {
    expect(shorten(body, earlier)).toEqual(shown);
  });
});

import { describe, expect, test } from 'vitest';
import { splice } from './splice.ts';

const BODY = Buffer.from('0123456789');
const text = (edits: Parameters<typeof splice>[1]): string =>
  Buffer.concat(splice(BODY, edits).chunks).toString();

describe('splice', () => {
  test.each([
    ['nothing', [], '0123456789'],
    ['a replacement', [{ start: 2, end: 5, text: 'abcdef' }], '01abcdef56789'],
    ['the whole', [{ start: 0, end: 10, text: 'x' }], 'x'],
    ['an insertion', [{ start: 4, end: 4, text: '-' }], '0123-456789'],
    ['a removal at the end', [{ start: 8, end: 10, text: '' }], '01234567'],
    [
      'several, out of order',
      [
        { start: 7, end: 8, text: 'B' },
        { start: 0, end: 1, text: 'A' },
      ],
      'A123456B89',
    ],
    [
      'two at one place',
      [
        { start: 3, end: 3, text: 'a' },
        { start: 3, end: 3, text: 'b' },
      ],
      '012ab3456789',
    ],
    ['more bytes than characters', [{ start: 0, end: 9, text: 'é😀' }], 'é😀9'],
  ])('%s', (_, edits, expected) => {
    expect(text(edits)).toBe(expected);
    expect(splice(BODY, edits).length).toBe(Buffer.byteLength(expected));
  });

  test('the parts between edits are views, not copies', () => {
    const { chunks } = splice(BODY, [{ start: 5, end: 6, text: 'x' }]);
    expect(chunks.map(({ buffer }) => buffer === BODY.buffer)).toEqual([true, expect.any(Boolean), true]);
    expect(chunks[0]?.byteOffset).toBe(BODY.byteOffset);
  });

  test.each([
    [
      [
        { start: 0, end: 4, text: '' },
        { start: 3, end: 5, text: '' },
      ],
    ],
    [[{ start: 5, end: 11, text: '' }]],
    [[{ start: 5, end: 4, text: '' }]],
  ])('edits that make no sense are a mistake of the caller', (edits) => {
    expect(() => splice(BODY, edits)).toThrow(RangeError);
  });
});

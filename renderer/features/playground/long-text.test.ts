import { describe, expect, it } from 'vitest';
import { beginningOf, firstDrawn, piecesOf } from './long-text.ts';

describe('pieces of a text', () => {
  it.each([
    ['nothing', '', []],
    ['less than one', 'abc', ['abc']],
    ['lines', 'abcd\nefgh\nij', ['abcd\n', 'efgh\nij']],
    ['words', 'abcd efgh ijkl', ['abcd ', 'efgh ', 'ijkl']],
    ['one long word', 'abcdefghijklmnop', ['abcdefgh', 'ijklmnop']],
    ['characters of two halves', 'abcdefg🚂hij', ['abcdefg', '🚂hij']],
  ])('%s', (_, text, pieces) => {
    expect(piecesOf(text, 8)).toEqual(pieces);
  });
  it.each(['x'.repeat(70_001), 'one two\n'.repeat(9_000), `${'x'.repeat(25_000)} `.repeat(3)])(
    'are the text again when joined',
    (text) => {
      const pieces = piecesOf(text);
      expect(pieces.join('')).toBe(text);
      expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(20_000);
      expect(beginningOf(text)).toBe(pieces[0]);
    },
  );
});

describe('the first turn that is drawn', () => {
  const turns = (count: number, length: number): number[] => Array.from({ length: count }, () => length);
  it.each([
    ['all of few', turns(7, 100), 40, 0],
    ['as many as wished', turns(500, 100), 40, 460],
    ['fewer where they are long', turns(500, 20_000), 40, 490],
    ['two, however long', turns(500, 4_000_000), 40, 498],
    ['one before two long ones', [100, 4_000_000, 4_000_000], 1, 2],
    ['none of none', [], 40, 0],
  ])('%s', (_, lengths, wished, first) => {
    expect(firstDrawn(lengths, wished)).toBe(first);
  });
});

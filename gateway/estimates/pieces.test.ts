import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { piecesOf, sampleOf } from './pieces.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 4_000, size: 'max' });

describe('pieces', () => {
  it('are the whole text, none too long, and no character is cut', () => {
    fc.assert(
      fc.property(text, (whole) => {
        const pieces = [...piecesOf(whole)];
        expect(pieces.join('')).toBe(whole);
        for (const piece of pieces) {
          expect(piece.length).toBeGreaterThan(0);
          expect(piece.length).toBeLessThanOrEqual(1_000);
          if (whole.isWellFormed()) expect(piece.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('begin with the space before a word where one is near', () => {
    const [first = ''] = piecesOf(`${'word '.repeat(199)}${'x'.repeat(2_000)}`);
    expect(first).toBe('word '.repeat(198) + 'word');
  });
});

describe('samples', () => {
  it('of what fits are the texts themselves', () => {
    const texts = ['a'.repeat(5_000), 'b'];
    expect(sampleOf(texts, 5_001)).toEqual({ texts, scale: 1 });
  });

  it('of more come from everywhere, about as many as allowed, and say how much they stand for', () => {
    const texts = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(100_000));
    const { texts: taken, scale } = sampleOf(texts, 40_000);
    const length = taken.join('').length;
    expect(length).toBeGreaterThan(35_000);
    expect(length).toBeLessThanOrEqual(41_000);
    expect(length * scale).toBeCloseTo(400_000);
    expect(new Set(taken.map((piece) => piece[0]))).toEqual(new Set(['a', 'b', 'c', 'd']));
  });

  it('of many short texts are as few as of one long one', () => {
    const { texts: taken, scale } = sampleOf(
      Array.from({ length: 100_000 }, () => 'ten chars.'),
      50_000,
    );
    expect(taken.join('').length).toBeLessThanOrEqual(51_000);
    expect(taken.join('').length * scale).toBeCloseTo(1_000_000);
  });
});

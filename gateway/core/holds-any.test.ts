import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsAny } from './holds-any.ts';

const WORDS = ['item_reference', '"signature"', 'thoughtSignature', 'é_x', 'ab', '"image"'];

describe('holdsAny', () => {
  it.each([
    ['', false],
    ['{"type":"item_reference"}', true],
    ['item_referenc', false],
    ['xx_reference', false],
    ['_reference item_reference', true],
    ['item_reference', true],
    ['{"signature" :1}', true],
    ['{"signature_":1}', false],
    ['a "image', false],
    ['"image"', true],
    ['cab', true],
    ['É_x', false],
    ['é_x', true],
  ])('%j: %s', (text, expected) => {
    expect(holdsAny(Buffer.from(text), WORDS)).toBe(expected);
  });

  it('finds a word behind any number of its tails', () => {
    const tails = '_reference '.repeat(1_000);
    expect(holdsAny(Buffer.from(tails), WORDS)).toBe(false);
    expect(holdsAny(Buffer.from(`${tails}item_reference`), WORDS)).toBe(true);
  });

  it('looks at a part of a larger buffer only', () => {
    const whole = new TextEncoder().encode('item_reference and more');
    expect(holdsAny(whole.subarray(0, 14), WORDS)).toBe(true);
    expect(holdsAny(whole.subarray(0, 13), WORDS)).toBe(false);
    expect(holdsAny(whole.subarray(1), WORDS)).toBe(false);
  });

  it('answers as a plain search does', () => {
    const parts = fc.constantFrom('_', 'item', 'item_', 'reference', 'rence', 'b', '_b_', ' ', 'é');
    const text = fc.array(parts, { maxLength: 60 }).map((some) => some.join(''));
    const word = fc.array(parts, { minLength: 1, maxLength: 4 }).map((some) => some.join(''));
    fc.assert(
      fc.property(text, fc.array(word, { maxLength: 3 }), (bytes, words) => {
        expect(holdsAny(Buffer.from(bytes), words)).toBe(words.some((one) => bytes.includes(one)));
      }),
    );
  });
});

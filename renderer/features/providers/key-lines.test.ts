import { describe, expect, it } from 'vitest';
import { parseLimit, parseWeight } from './key-lines.ts';

describe('figures of a key', () => {
  it.each([
    ['2', 2],
    [' 0.5 ', 0.5],
    ['', null],
    ['0', null],
    ['1e9', null],
    ['two', null],
  ])('weight %j', (text, weight) => expect(parseWeight(text)).toBe(weight));

  it.each([
    ['', 0],
    [' 20 ', 20],
    ['0', 0],
    ['10000', 10_000],
    ['10001', null],
    ['-1', null],
    ['1.5', null],
    ['many', null],
  ])('limit %j', (text, limit) => expect(parseLimit(text)).toBe(limit));
});

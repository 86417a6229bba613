import { describe, expect, it } from 'vitest';
import { parseKeyLines, parseLimit, parseWeight } from './key-lines.ts';

describe('pasted keys', () => {
  it.each([
    ['one key', ' sk-abc \n', [['sk-abc', 2]]],
    [
      'commas',
      'sk-a,sk-b:3,sk-c',
      [
        ['sk-a', 2],
        ['sk-b', 3],
        ['sk-c', 2],
      ],
    ],
    [
      'lines',
      'sk-a\r\n\n sk-b : 3'.replace(' : ', ':'),
      [
        ['sk-a', 2],
        ['sk-b', 3],
      ],
    ],
    ['a fraction', 'sk-a:0.5', [['sk-a', 0.5]]],
    ['a colon that is part of the key', 'proj:sk-a', [['proj:sk-a', 2]]],
    ['a colon inside and a weight', 'proj:sk-a:7', [['proj:sk-a', 7]]],
  ])('%s', (_name, text, keys) =>
    expect(parseKeyLines(text, 2)).toEqual({
      ok: true,
      keys: keys.map(([value, weight]) => ({ value, weight })),
    }),
  );

  it.each([
    ['nothing', ' \n , ', { kind: 'empty' }],
    ['a space inside', 'sk-a,sk b', { kind: 'characters', part: 2 }],
    ['letters outside ASCII', 'sk-ключ', { kind: 'characters', part: 1 }],
    ['weight zero', 'sk-a:0', { kind: 'weight', part: 1 }],
    ['a weight below zero', 'sk-a:-1', { kind: 'weight', part: 1 }],
    ['a weight too large', 'sk-a\nsk-b:1001', { kind: 'weight', part: 2 }],
    ['a key that comes twice', 'sk-a,sk-b,sk-a:2', { kind: 'twice', part: 3 }],
  ])('refuses %s and says which', (_name, text, problem) =>
    expect(parseKeyLines(text, 1)).toEqual({ ok: false, problem }),
  );

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

import { describe, expect, it } from 'vitest';
import { endOf, readPaste, withoutFound } from './paste-lines.ts';

/** `2 sk-b×3 NAME` for a key, `4 twice` for what is left out. */
const told = (text: string): readonly string[] =>
  readPaste(text, 1).map((found) =>
    found.kind === 'key'
      ? [found.line, `${found.value}×${found.weight}`, found.name].filter((part) => part !== null).join(' ')
      : `${found.line} ${found.kind}`,
  );

describe('keys that are pasted', () => {
  it.each([
    ['sk-a\n\nsk-b:3\n', ['1 sk-a×1', '3 sk-b×3']],
    ['sk-a, sk-b:0.5', ['1 sk-a×1', '1 sk-b×0.5']],
    ['sk-a\nsk-b\nsk-a', ['1 sk-a×1', '2 sk-b×1', '3 twice']],
    ['sk a\nsk-b:0\nsk-c', ['1 characters', '2 weight', '3 sk-c×1']],
    ['# mine\nexport A_API_KEY="sk-a,sk-b:2"', ['2 sk-a×1 A_API_KEY', '2 sk-b×2 A_API_KEY']],
    ["A_TOKEN='sk-a'\r\nPORT=8000\r\nB_KEY=sk-b # old", ['1 sk-a×1 A_TOKEN', '2 other', '3 sk-b×1 B_KEY']],
    ['$env:A_KEY = "sk-a"', ['1 sk-a×1 A_KEY']],
    ['c2VjcmV0==', ['1 c2VjcmV0==×1']],
    ['', []],
  ])('%j', (text, wanted) => expect(told(text)).toEqual(wanted));

  it('leave the lines that can be mended', () => {
    const text = 'sk-a\nsk b\nPORT=1\nsk-a\nsk-c:0';
    expect(withoutFound(text, readPaste(text, 1))).toBe('sk b\nsk-c:0');
  });

  it('are shown by their end alone', () => {
    expect(endOf('sk-long-enough-1234')).toBe('…1234');
    expect(endOf('short')).toBe('…');
  });
});

describe('one key of a paste', () => {
  it.each([
    ['a fraction', 'sk-a:0.5', [['sk-a', 0.5]]],
    ['a colon that is part of the key', 'proj:sk-a', [['proj:sk-a', 2]]],
    ['a colon inside and a weight', 'proj:sk-a:7', [['proj:sk-a', 7]]],
    [
      'commas',
      'sk-a,sk-b:3, sk-c',
      [
        ['sk-a', 2],
        ['sk-b', 3],
        ['sk-c', 2],
      ],
    ],
  ])('with %s', (_name, text, keys) =>
    expect(readPaste(text, 2)).toMatchObject(keys.map(([value, weight]) => ({ kind: 'key', value, weight }))),
  );

  it.each([
    ['letters outside ASCII', 'sk-ключ', 'characters'],
    ['weight zero', 'sk-a:0', 'weight'],
    ['a weight below zero', 'sk-a:-1', 'weight'],
    ['a weight too large', 'sk-b:1001', 'weight'],
  ])('with %s is refused', (_name, text, kind) => expect(readPaste(text, 1)).toMatchObject([{ kind }]));
});

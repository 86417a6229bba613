import { describe, expect, it } from 'vitest';
import { literally, piecesOf } from './name-pattern.ts';

describe('a name in a filter', () => {
  it.each([
    ['gpt-5', ['gpt-5']],
    ['gpt-*', ['gpt-', '']],
    ['*mini*', ['', 'mini', '']],
    ['a\\*b', ['a*b']],
    ['a\\*b*', ['a*b', '']],
    ['C:\\logs', ['C:\\logs']],
  ])('%s is cut at its wildcards', (value, pieces) => expect(piecesOf(value)).toEqual(pieces));

  it.each(['gpt-5', 'a*b', '*', 'a\\*', 'a\\b'])('%s is found as it is', (name) =>
    expect(piecesOf(literally(name))).toEqual([name]),
  );
});

import { describe, expect, it } from 'vitest';
import { keyProblem, parseKeyList } from './key-list.ts';

describe('a list of keys', () => {
  it('has keys with and without a weight', () => {
    expect(parseKeyList('one, two:5 ,three:0.5,')).toEqual([
      { value: 'one', weight: 1 },
      { value: 'two', weight: 5 },
      { value: 'three', weight: 0.5 },
    ]);
    expect(parseKeyList(' , ')).toEqual([]);
  });

  it.each([
    ['canary-one,canary-two:heavy', 'entry 2 has a weight'],
    ['canary:0', 'entry 1 has a weight'],
    ['canary:1001', 'entry 1 has a weight'],
    ['canary:1:2', 'entry 1 has a weight'],
    ['canary one', 'without spaces'],
    ['canary-ключ', 'without spaces'],
  ])('says what is wrong with %s, and no key', (text, says) => {
    const problem = parseKeyList(text);
    expect(problem).toContain(says);
    expect(problem).not.toContain('canary');
  });
});

it('a key has visible ASCII characters only', () => {
  expect(keyProblem('sk-or-v1-abc')).toBeUndefined();
  for (const text of ['', 'a b', 'a\nb', 'ключ']) expect(keyProblem(text)).toContain('must hold keys');
});

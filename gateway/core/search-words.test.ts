import { expect, it } from 'vitest';
import { bigrams, searchWords, splitRuns } from './search-words.ts';

it.each([
  ['plain words', 'a plain sentence', 'a plain sentence', ''],
  ['Chinese', '请修复登录页面。', ' 。', '请修 修复 复登 登录 录页 页面 面'],
  ['mixed', '用Vue写页面', ' Vue ', '用 写页 页面 面'],
  ['Japanese with a long vowel', 'サーバー', ' ', 'サー ーバ バー ー'],
  ['beyond the basic plane', '𠮷野', ' ', '𠮷野 野'],
  ['camelCase', 'call getUserName(x)', 'call getUserName(x)', 'get User Name'],
  [
    'acronyms',
    'XMLHttpRequest and HTTPServer',
    'XMLHttpRequest and HTTPServer',
    'XML Http Request HTTP Server',
  ],
  ['a name once', 'aB aB', 'aB aB', 'a B'],
  ['no names', 'snake_case CONSTANT Word v2', 'snake_case CONSTANT Word v2', ''],
])('cuts %s', (_name, value, text, pairs) => {
  expect(searchWords(value)).toEqual({ text, pairs });
});

it('has one bigram for each character', () => {
  expect(bigrams('页')).toEqual(['页']);
  expect(bigrams('页面')).toEqual(['页面', '面']);
});

it('splits a search into runs and the rest', () => {
  expect(splitRuns('用Vue 写')).toEqual([
    { text: '用', run: true },
    { text: 'Vue ', run: false },
    { text: '写', run: true },
  ]);
  expect(splitRuns('')).toEqual([]);
});

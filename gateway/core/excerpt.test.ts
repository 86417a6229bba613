import { expect, it } from 'vitest';
import { excerptOf } from './excerpt.ts';

it.each([
  ['a word', 'one two three', 'TWO', ['one ', 'two', ' three']],
  ['a word rather than a part of one', 'twofold two', 'two', ['twofold ', 'two', '']],
  ['a part of a word', 'call getUserName()', 'userName', ['call get', 'UserName', '()']],
  ['a phrase over lines', 'fix the\n login  page', 'the login', ['fix ', 'the login', ' page']],
  ['a path', 'see src/app/main.ts now', 'src/app', ['see ', 'src/app', '/main.ts now']],
  ['Chinese', '请修复登录页面', '登录', ['请修复', '登录', '页面']],
  ['what is written otherwise', 'café au lait', 'cafe', ['', '', 'café au lait']],
  ['signs', 'a+b', '+', ['', '', 'a+b']],
])('%s', (_name, text, word, [before, hit, after]) =>
  expect(excerptOf(text, word)).toEqual({ before, hit, after }),
);

it('is short, and cuts no character in half', () => {
  const { before, hit, after } = excerptOf(`${'🔑'.repeat(99)}.word.${'🔑'.repeat(99)}`, 'word');
  expect([before, hit, after]).toEqual([`${'🔑'.repeat(29)}.`, 'word', `.${'🔑'.repeat(59)}`]);
});

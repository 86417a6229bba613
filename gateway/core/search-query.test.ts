import { expect, it } from 'vitest';
import { searchTerms } from './search-query.ts';

const matches = (words: string): readonly string[] =>
  (searchTerms(words) ?? []).map(({ not, match }) => `${not ? 'NOT ' : ''}${match}`);

it.each([
  ['plain words', 'two words', ['"two"', '"words"']],
  ['a phrase', '"one after the other" more', ['"one after the other"', '"more"']],
  ['a phrase that is not closed', '"one after', ['"one after"']],
  ['what must not stand there', 'yes -no -"not this"', ['"yes"', 'NOT "no"', 'NOT "not this"']],
  ['quotes of other alphabets', '“一二三” «deux mots»', ['pairs : "一二 二三"', '"deux mots"']],
  ['a snake_case name and a path', 'my_name src/app/main.ts', ['"my_name"', '"src/app/main.ts"']],
  ['a camelCase name', 'userName', ['("userName" OR pairs : "user Name")']],
  ['a minus within', 'gpt-5-mini', ['"gpt-5-mini"']],
  ['Chinese', '修复登录 页', ['pairs : "修复 复登 登录"', 'pairs : "页" *']],
  ['mixed', '用Vue写页面', ['pairs : "用" * AND "Vue" AND pairs : "写页 页面"']],
  ['nothing', '  ', []],
  ['signs beside words', 'a => b', null],
  ['operators', 'a OR NEAR(b) text:c*', ['"a"', '"OR"', '"NEAR(b)"', '"text:c*"']],
])('reads %s', (_name, words, expected) => {
  if (expected !== null) expect(matches(words)).toEqual(expected);
  else expect(matches(words)).toEqual(['"a"', '"b"']);
});

it.each(['=>', '"…" -x', '??? !!!'])('finds nothing for %j', (words) =>
  expect(searchTerms(words)).toBeNull(),
);
it('finds all but for -x alone', () => expect(matches('-x')).toEqual(['NOT "x"']));

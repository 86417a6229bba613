import { describe, expect, it } from 'vitest';
import { diffTexts, folded } from './text-diff.ts';

const brief = (left: string, right: string): readonly string[] =>
  (diffTexts(left, right) ?? []).map(
    ({ kind, marks }) =>
      `${kind} ${marks.map(({ text, changed }) => (changed ? `[${text}]` : text)).join('')}`,
  );

describe('lines', () => {
  it('are the same, gone or new, with the words that differ', () =>
    expect(brief('{\n  "model": "gpt"\n}', '{\n  "model": "claude"\n}')).toEqual([
      'same {',
      'gone   "model": "[gpt]"',
      'new   "model": "[claude]"',
      'same }',
    ]));

  it('have their numbers in both texts', () =>
    expect(diffTexts('a\nc', 'a\nb\nc')?.map(({ left, right }) => [left, right])).toEqual([
      [1, 1],
      [null, 2],
      [2, 3],
    ]));

  it('are not compared for ever', () => {
    const lines = (letter: string): string =>
      Array.from({ length: 5_000 }, (_, index) => `${letter}${index}`).join('\n');
    expect(diffTexts(lines('a'), lines('b'))).toBeNull();
  });
});

it('folds what is the same away from differences', () => {
  const text = Array.from({ length: 20 }, (_, index) => `line ${index}`);
  const shown = folded(diffTexts(text.join('\n'), text.with(10, 'other').join('\n')) ?? []);
  expect(shown[0]).toEqual({ kind: 'gap', lines: 7 });
  expect(shown.at(-1)).toEqual({ kind: 'gap', lines: 6 });
  expect(shown).toHaveLength(10);
  expect(folded(diffTexts('a\nb', 'a\nb') ?? [])).toEqual([{ kind: 'gap', lines: 2 }]);
});

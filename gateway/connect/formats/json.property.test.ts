import fc from 'fast-check';
import { describeFormat } from '../testing/format-suite.ts';
import type { SettingEditValue, SettingPath, TextEdit } from '../tool.ts';
import { FORMATS } from './index.ts';

const format = FORMATS.json;
const NAMES = ['env', 'a', 'b', 'model', 'x y'];
const gap = fc.constantFrom('', '', ' ', '\n', '\n  ', '\n\t', ' // note\n ', ' /* c, "a": {} */ ', '\r\n');
const scalar = fc.constantFrom('1', 'true', 'null', '"t"', '"a, }"', '[1, 2,]', '[ ]');

/** Objects in every style that people and programs have, with names that occur once. */
const document = fc.letrec<{ object: string; value: string }>((tie) => ({
  value: fc.oneof({ weight: 3, arbitrary: scalar }, { weight: 2, arbitrary: tie('object') }),
  object: fc
    .tuple(
      fc.uniqueArray(
        fc.record({
          name: fc.constantFrom(...NAMES),
          value: tie('value'),
          gaps: fc.tuple(gap, gap, gap, gap),
        }),
        { selector: ({ name }) => name, maxLength: 4 },
      ),
      gap,
      fc.boolean(),
    )
    .map(([members, end, trailing]) => {
      const texts = members.map(
        ({ name, value, gaps }) => `${gaps[0]}${JSON.stringify(name)}${gaps[1]}:${gaps[2]}${value}${gaps[3]}`,
      );
      return `{${texts.join(',')}${trailing && texts.length > 0 ? ',' : ''}${end}}`;
    }),
})).object;

const path = fc.array(fc.constantFrom(...NAMES, 'new'), { minLength: 1, maxLength: 3 });
const value: fc.Arbitrary<SettingEditValue | undefined> = fc.constantFrom<(SettingEditValue | undefined)[]>(
  'http://127.0.0.1:8080',
  'x',
  7,
  false,
  { a: 1, b: ['c'] },
  undefined,
);
const edits = fc.array(fc.record({ path, value }), { minLength: 1, maxLength: 4 }).filter(apart);

/** No edit stands inside another: that is no order anybody gives. */
function apart(list: readonly TextEdit[]): boolean {
  return list.every((one, at) =>
    list.every((other, position) => at === position || !startsWith(one.path, other.path)),
  );
}
const startsWith = (path: SettingPath, head: SettingPath): boolean =>
  head.every((step, at) => path[at] === step);

const text = fc
  .tuple(fc.constantFrom('', '\uFEFF'), document, fc.constantFrom('', '\n', '\r\n\r\n'))
  .map((parts) => parts.join(''));

describeFormat({ format, text, edits, runs: 400 });

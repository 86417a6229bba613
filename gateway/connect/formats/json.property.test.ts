import fc from 'fast-check';
import { expect, it } from 'vitest';
import { patch, unpatch } from '../patch.ts';
import { SettingsSyntaxError, type SettingEditValue, type SettingPath, type TextEdit } from '../tool.ts';
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

function fits(text: string, list: readonly TextEdit[]): boolean {
  try {
    format.apply(text, list);
    return true;
  } catch (error) {
    // A text that came out wrong is a fault of ours, whatever it is called.
    if (!(error instanceof SettingsSyntaxError) || /cannot be changed from here/.test(error.message))
      throw error;
    return false;
  }
}

it('sets what is asked, keeps everything else and finds the way back, byte by byte', () => {
  fc.assert(
    fc.property(
      document,
      fc.constantFrom('', '\n', '\r\n\r\n'),
      fc.constantFrom('', '\uFEFF'),
      edits,
      (body, end, mark, list) => {
        const text = `${mark}${body}${end}`;
        fc.pre(fits(text, list));
        const done = patch(format, text, list);
        for (const edit of list) expect(format.get(done.text, edit.path)).toEqual(edit.value);
        expect(unpatch(format, done.text, done.undo)).toBe(text);
        expect(patch(format, done.text, list, done.undo).text).toBe(done.text);
        expect(done.text.startsWith('\uFEFF')).toBe(mark !== '');
      },
    ),
    { numRuns: 400 },
  );
});

it('takes out exactly its own after somebody changed another part', () => {
  fc.assert(
    fc.property(document, edits, (text, list) => {
      fc.pre(fits(text, list));
      const foreign: TextEdit = { path: ['theirs'], value: { kept: true } };
      const done = patch(format, text, list);
      const meanwhile = format.apply(done.text, [foreign]);
      const back = unpatch(format, meanwhile, done.undo);
      expect(format.get(back ?? '', [])).toEqual(format.get(format.apply(text, [foreign]), []));
    }),
    { numRuns: 400 },
  );
});

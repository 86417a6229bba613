import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import { told } from '../sayings.ts';
import { SettingsSyntaxError, type TextFormat } from '../tool.ts';
import { checked } from './index.ts';
import { json } from './json.ts';

const EDIT = { path: ['a'], value: 1 };
const withApply = (apply: TextFormat['apply']): TextFormat => checked({ ...json, apply }, isDeepStrictEqual);

it.each<[string, TextFormat['apply']]>([
  ['comes out broken', () => '{ "a": '],
  ['says something else', () => '{ "a": 2 }'],
  [
    'breaks on the way',
    () => {
      throw new SettingsSyntaxError(told('comma-missing'), 3, 1);
    },
  ],
])('a text that %s is not put down to the file', (_, apply) => {
  expect(() => withApply(apply).apply('{}', [EDIT])).toThrow('cannot be changed from here');
});

it('a fault of the file keeps its place', () => {
  expect(() => checked(json, isDeepStrictEqual).apply('{\n"a" 1}', [EDIT])).toThrow(
    expect.objectContaining({ line: 2, reason: expect.objectContaining({ code: 'colon-missing' }) }),
  );
  expect(() =>
    checked(json, isDeepStrictEqual).apply('{\n"a": 3}', [{ path: ['a', 'b'], value: 1 }]),
  ).toThrow(expect.objectContaining({ line: 2, reason: expect.objectContaining({ code: 'no-group' }) }));
});

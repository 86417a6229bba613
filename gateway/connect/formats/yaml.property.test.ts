import fc from 'fast-check';
import { describeFormat, fits } from '../testing/format-suite.ts';
import type { SettingPath, TextEdit } from '../tool.ts';
import { FORMATS } from './index.ts';

const format = FORMATS.yaml;

const comment = fc.constantFrom('', '', ' # note: {a: 1}');
const scalar = fc.constantFrom(
  'plain text',
  '"quo: ted"',
  "'single'",
  '12',
  'true',
  '',
  'null',
  '[chat, edit]',
  '[]',
  '{}',
  '{ a: 1 }',
  '|\n      two\n      lines',
  '>-\n      folded\n      text',
);
const pairAt = (indent: string) =>
  fc
    .tuple(fc.constantFrom('a', 'b', 'model', '"x y"'), scalar, comment)
    .map(([key, value, note]) => `${indent}${key}: ${value}${/[|>]/.test(value) ? '' : note}`);
const group = fc
  .tuple(
    fc.constantFrom('env', 'data', 'deep'),
    comment,
    fc.uniqueArray(pairAt('  '), { selector: keyOf, maxLength: 3 }),
  )
  .map(([name, note, inner]) => [`${name}:${note}`, ...inner].join('\n'));
const list = fc
  .tuple(
    fc.constantFrom('', '  '),
    fc.uniqueArray(
      fc.tuple(
        fc.constantFrom('One', 'Two', '"Switch"'),
        fc.constantFrom(' ', ' ', '   ', ' # a - b\n    ', ' &a-b\n    ', ' !!map # c - d\n    '),
        fc.uniqueArray(pairAt('    '), { selector: keyOf, maxLength: 2 }),
      ),
      {
        selector: ([name]) => name,
        maxLength: 3,
      },
    ),
  )
  .map(([indent, items]) => {
    const entries = items.map(([name, gap, inner]) => {
      const column = gap.includes('\n') ? '    ' : `${indent} ${gap}`;
      return [`${indent}-${gap}name: ${name}`, ...inner.map((line) => line.replace(/^ {4}/, column))].join(
        '\n',
      );
    });
    return ['models:', ...entries].join('\n');
  });
const block = fc.oneof(
  { weight: 3, arbitrary: pairAt('') },
  { weight: 2, arbitrary: group },
  { weight: 2, arbitrary: list },
);

function keyOf(line: string): string {
  return line.trim().split(':')[0] ?? '';
}

const filler = fc.constantFrom('', '', '\n', '# a comment\n', '\n# another: one\n\n');
const document = fc
  .tuple(
    fc.constantFrom('', '', '---\n', '# head\n\n'),
    fc.uniqueArray(fc.tuple(filler, block), { selector: ([, text]) => keyOf(text), maxLength: 5 }),
    filler,
    fc.boolean(),
    fc.constantFrom('\n', '\r\n'),
    fc.constantFrom('', '\uFEFF'),
  )
  .map(([head, blocks, tail, closed, end, mark]) => {
    const body = blocks.map(([before, text]) => `${before}${text}`).join('\n');
    const text = `${head}${body}${closed && body !== '' ? '\n' : ''}${closed ? tail : ''}`;
    return mark + text.replaceAll('\n', end);
  })
  .filter((text) => fits(format, text, []));

const path = fc.constantFrom<SettingPath[]>(
  ['model'],
  ['new key'],
  ['env', 'X'],
  ['env', 'a'],
  ['data', 'deep', 'c'],
  ['models', { key: 'name', is: 'Switch' }, 'apiBase'],
  ['models', { key: 'name', is: 'Switch' }, 'roles'],
  ['models', { key: 'name', is: 'Two' }, 'model'],
);
const edits = fc.uniqueArray(
  fc.record<TextEdit>({
    path,
    value: fc.constantFrom('http://127.0.0.1:1/v1', 'a: b # c', '12', 3, true, ['chat', 'edit'], undefined),
  }),
  {
    selector: (edit) => JSON.stringify(edit.path),
    minLength: 1,
    maxLength: 5,
  },
);

/** Groups that hold nothing may be written as nothing at all. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, each: unknown) =>
      JSON.stringify(each) === '{}' || JSON.stringify(each) === '[]' ? null : each,
    ),
  );

describeFormat({ format, text: document, edits, runs: 150, read: plain });

import fc from 'fast-check';
import { describeFormat, fits } from '../testing/format-suite.ts';
import type { TextEdit } from '../tool.ts';
import { FORMATS } from './index.ts';

const format = FORMATS.toml;

const comment = fc.constantFrom('', '', ' # say "a = 1"', '\t# {x}');
const scalar = fc.constantFrom(
  '1',
  '"t # no comment"',
  "'lit'",
  'true',
  '1979-05-27T07:32:00Z',
  '07:32:00',
  '[1, "]", # c\n  2,\n]',
  '"""\na = 1\n[table]\n"""',
  "'''it's'''",
  '{ a = 1, b = { c = "}" } }',
  '{ b.c = 1, "x y" = 2, b.d = 3, }',
  '{\n  other = { name = "o" }, # one\n  switchyard.name = "s" # two\n}',
  '{ # none\n}',
  '{}',
  '0xff',
  '1_000',
);
const key = fc.constantFrom(
  'a',
  'b',
  '"x y"',
  'model',
  'a.b',
  'env . "c"',
  'model_providers.other.name',
  'model_providers',
  'env',
);
const pair = fc
  .tuple(fc.constantFrom('', '  '), key, fc.constantFrom(' = ', '=', '  =  '), scalar, comment)
  .map((parts) => parts.join(''));
const header = fc.constantFrom(
  '[env]',
  '[env.deep]',
  '[ model_providers . "other" ]',
  '[[list]]',
  '[list.sub]',
  '[a]  # here',
  '[model_providers]',
);
const line = fc.oneof(
  { weight: 4, arbitrary: pair },
  { weight: 2, arbitrary: header },
  { weight: 1, arbitrary: fc.constantFrom('', '# comment', '  # [no.table]') },
);
const document = fc
  .tuple(
    fc.array(line, { maxLength: 9 }),
    fc.constantFrom('\n', '\r\n'),
    fc.boolean(),
    fc.constantFrom('', '\uFEFF'),
  )
  .map(
    ([lines, end, closed, mark]) => mark + `${lines.join('\n')}${closed ? '\n' : ''}`.replaceAll('\n', end),
  )
  .filter((text) => fits(format, text, []));

const path = fc.constantFrom(
  ['model'],
  ['model_provider'],
  ['a', 'b'],
  ['a', 'c'],
  ['env', 'X'],
  ['x y'],
  ['env', 'deep', 'd'],
  ['model_providers', 'switchyard', 'name'],
  ['model_providers', 'switchyard', 'base_url'],
);
const edits = fc.uniqueArray(
  fc.record<TextEdit>({ path, value: fc.constantFrom('v "q"', 3, true, ['x'], undefined) }),
  {
    selector: (edit) => JSON.stringify(edit.path),
    minLength: 1,
    maxLength: 5,
  },
);

describeFormat({ format, text: document, edits, runs: 400 });

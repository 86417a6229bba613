import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patch, unpatch } from '../patch.ts';
import { SettingsSyntaxError, type FileFormat, type TextEdit } from '../tool.ts';
import { FORMATS } from './index.ts';

interface Case {
  readonly name: string;
  readonly format: FileFormat;
  readonly text: string;
  readonly edits: readonly TextEdit[];
  readonly after: string;
}
const at = (path: TextEdit['path'], value: TextEdit['value']): TextEdit => ({ path, value });

const CASES: readonly Case[] = [
  {
    name: 'an empty file counts as an empty object',
    format: 'json',
    text: ' \n',
    edits: [at(['a', 'b'], 1)],
    after: '{\n  "a": {\n    "b": 1\n  }\n}\n',
  },
  {
    name: 'an object on one line stays on one line',
    format: 'json',
    text: '{"a":1,"env":{}}',
    edits: [at(['env', 'X'], 'y')],
    after: '{"a":1,"env":{"X":"y"}}',
  },
  {
    name: 'tabs, a trailing comma and a comment behind the last member',
    format: 'json',
    text: '{\n\t"a": 1, // one\n\t// two\n}\n',
    edits: [at(['b'], true)],
    after: '{\n\t"a": 1, // one\n\t"b": true,\n\t// two\n}\n',
  },
  {
    name: 'the comma goes before the comment',
    format: 'json',
    text: '{\r\n  "a": 1 /* x */ // y\r\n}',
    edits: [at(['b'], null)],
    after: '{\r\n  "a": 1, /* x */ // y\r\n  "b": null\r\n}',
  },
  {
    name: 'a container of nothing but a comment keeps it',
    format: 'json',
    text: '{\n  "env": {\n    // none yet\n  }\n}',
    edits: [at(['env', 'X'], 'y')],
    after: '{\n  "env": {\n    // none yet\n    "X": "y"\n  }\n}',
  },
  {
    name: 'an entry of a list is found by its name',
    format: 'json',
    text: '{"m": [{"name": "a", "n": 1}, {"name": "b"}]}',
    edits: [at(['m', { key: 'name', is: 'b' }, 'n'], 2), at(['m', { key: 'name', is: 'c' }, 'n'], 3)],
    after: '{"m": [{"name": "a", "n": 1}, {"name": "b", "n": 2}, {"name": "c", "n": 3}]}',
  },
  {
    name: 'the last member goes with the comma before it',
    format: 'json',
    text: '{\n  "a": 1, // one\n  "b": 2\n}\n',
    edits: [at(['b'], undefined)],
    after: '{\n  "a": 1 // one\n}\n',
  },
  {
    name: 'a root key comes before the first table and its comment',
    format: 'toml',
    text: '# head\n\n# about t\n[t]\na = 1\n',
    edits: [at(['model'], 'x')],
    after: '# head\n\nmodel = "x"\n\n# about t\n[t]\na = 1\n',
  },
  {
    name: 'quoted, dotted and inline keys are found',
    format: 'toml',
    text: "a.'b c' = 1 # one\nt = { x = { y = 'l' } }\n",
    edits: [at(['a', 'b c'], 2), at(['t', 'x', 'y'], 'm'), at(['t', 'z'], true)],
    after: "a.'b c' = 2 # one\nt = { x = { y = 'm' }, z = true }\n",
  },
  {
    name: 'what dotted keys define takes dotted keys',
    format: 'toml',
    text: 'p.other.name = "o"\n[last]\n',
    edits: [at(['p', 'ours', 'name'], 's')],
    after: 'p.other.name = "o"\np.ours.name = "s"\n[last]\n',
  },
  {
    name: 'a table stands where it stands',
    format: 'toml',
    text: '[a]\r\n  x = 1 # one\r\n\r\n[b]\r\ny = """\r\n[a]\r\n"""',
    edits: [at(['a', 'z'], 2)],
    after: '[a]\r\n  x = 1 # one\r\n  z = 2\r\n\r\n[b]\r\ny = """\r\n[a]\r\n"""',
  },
  {
    name: 'a missing last line end stays missing',
    format: 'toml',
    text: '[a]\nx = 1',
    edits: [at(['b', 'y'], 2)],
    after: '[a]\nx = 1\n\n[b]\ny = 2',
  },
  {
    name: 'a list of lines takes another entry',
    format: 'yaml',
    text: 'models:\n- name: a # one\n  x: |\n    text\n\n# end\n',
    edits: [at(['models', { key: 'name', is: 'b' }, 'x'], 'y: z')],
    after: 'models:\n- name: a # one\n  x: |\n    text\n- name: b\n  x: "y: z"\n\n# end\n',
  },
  {
    name: 'an empty list and nothing at all become lists of lines',
    format: 'yaml',
    text: 'a: [] # none\nb: # nothing\n',
    edits: [at(['a', { key: 'name', is: 'x' }, 'n'], 1), at(['b', 'c'], 'd')],
    after: 'a: # none\n  - name: x\n    n: 1\nb: # nothing\n  c: d\n',
  },
  {
    name: 'braces stay braces',
    format: 'yaml',
    text: '{a: 1, b: {}}\n',
    edits: [at(['b', 'c'], 'x, y'), at(['d'], 2)],
    after: '{a: 1, b: { c: "x, y" }, d: 2}\n',
  },
  {
    name: 'texts that look like something else are quoted',
    format: 'yaml',
    text: 'a: 1\n',
    edits: [at(['b'], '12'), at(['c'], 'yes'), at(['d'], '#x')],
    after: 'a: 1\nb: "12"\nc: yes\nd: "#x"\n',
  },
  {
    name: 'of a name set twice the last counts; quotes, export and comment stay',
    format: 'dotenv',
    text: 'A=1\nexport A = "2" # two\nB=\'x\ny\'',
    edits: [at(['A'], 'http://h:1/'), at(['C'], 'a b')],
    after: 'A=1\nexport A = "http://h:1/" # two\nB=\'x\ny\'\nC="a b"',
  },
];

it.each(CASES)('$format: $name', ({ format, text, edits, after }) => {
  const done = patch(FORMATS[format], text, edits);
  expect(done.text).toBe(after);
  expect(unpatch(FORMATS[format], done.text, done.undo)).toBe(text);
});

const REFUSED: readonly (readonly [FileFormat, string, TextEdit['path'], number, RegExp])[] = [
  ['json', '{\n  "a": 1\n  "b": 2\n}', ['c'], 3, /comma is missing/],
  ['json', '{\n  "env": 3\n}', ['env', 'X'], 2, /“env” is not a group/],
  ['json', '{\n  "a": 1,\n  "a": 2\n}', ['a'], 3, /“a” is set twice/],
  ['json', '[1]', ['a'], 1, /the file is not a group/],
  ['json', '{ "a": 1', ['a'], 1, /closing brace/],
  ['toml', 'a = 1\na = 2\n', ['a'], 2, /./],
  ['toml', '[t]\nenv = 3\n', ['t', 'env', 'X'], 2, /“t › env” is not a group/],
  ['toml', '[a]\nb = 1\n', ['a'], 1, /“a” is not a group/],
  ['yaml', 'a: 1\nb: [\n', ['a'], 3, /./],
  ['yaml', 'a: 1\na: 2\n', ['a'], 2, /unique/],
  ['yaml', 'x: 1\nenv: 3\n', ['env', 'X'], 2, /“env” is not a group/],
  ['yaml', 'a: &x 1\nb: *x\n', ['b', 'c'], 2, /is not a group/],
  ['dotenv', 'A=1\nB="x\n', ['A'], 2, /closing quote/],
];

it.each(REFUSED)('%s: %j is refused', (format, text, path, line, reason) => {
  try {
    FORMATS[format].apply(text, [at(path, 'x')]);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsSyntaxError);
    expect(error).toMatchObject({ line, message: expect.stringMatching(reason) });
  }
});

describe('the way back after others were at the file', () => {
  const edits = [at(['env', 'A'], 'x'), at(['env', 'B'], 'y'), at(['model'], 'ours')];

  it('finds its own in a file that was formatted anew', () => {
    const text = '{"env": {"THEIRS": "1"}, "model": "old"}';
    const { text: after, undo } = patch(FORMATS.json, text, edits);
    const value: unknown = JSON.parse(after);
    const back = unpatch(FORMATS.json, JSON.stringify(value, null, 4), undo);
    expect(back).toBe('{\n    "env": {\n        "THEIRS": "1"\n    },\n    "model": "old"\n}');
  });

  it('leaves what somebody changed, and a group that somebody uses', () => {
    const { text, undo } = patch(FORMATS.json, '{}', edits);
    const changed = FORMATS.json.apply(text, [at(['model'], 'theirs'), at(['env', 'C'], 'theirs')]);
    expect(FORMATS.json.get(unpatch(FORMATS.json, changed, undo) ?? '', [])).toEqual({
      model: 'theirs',
      env: { C: 'theirs' },
    });
  });

  it('keeps a file that we made and somebody wrote into, and takes away one that says nothing else', () => {
    const { text, undo } = patch(FORMATS.json, undefined, edits);
    expect(unpatch(FORMATS.json, `${text}\n\n`, undo)).toBeUndefined();
    expect(unpatch(FORMATS.json, `${text}// mine\n`, undo)).toMatch(/\/\/ mine/);
  });

  it('leaves a comment in a group that was empty, and gives an untouched one its form back', () => {
    const back = (text: string, change: (after: string) => string): string | undefined => {
      const { text: after, undo } = patch(FORMATS.json, text, [at(['env', 'A'], 'x')]);
      return unpatch(FORMATS.json, change(after), undo);
    };
    expect(back('{ "a": 1, "env": { } }', (after) => `// mine\n${after}`)).toBe(
      '// mine\n{ "a": 1, "env": { } }',
    );
    expect(back('{ "env": {} }', (after) => after.replace('"A"', '/* mine */ "A"'))).toMatch(/mine/);
  });

  it('takes back what was taken out', () => {
    const text = "a = 1\nmodel = 'x' # mine\n";
    const { text: after, undo } = patch(FORMATS.toml, text, [at(['model'], undefined)]);
    expect(after).toBe('a = 1\n # mine\n');
    expect(unpatch(FORMATS.toml, after, undo)).toBe(text);
    expect(unpatch(FORMATS.toml, `${after}b = 2\n`, undo)).toContain("model = 'x'");
  });

  it('remembers the first original over several connections', () => {
    const text = 'A=theirs\n';
    const first = patch(FORMATS.dotenv, text, [at(['A'], 'one'), at(['B'], 'x')]);
    const second = patch(FORMATS.dotenv, first.text, [at(['A'], 'two')], first.undo);
    const meanwhile = patch(FORMATS.dotenv, `${second.text}C=3\n`, [at(['A'], 'three')], second.undo);
    expect(unpatch(FORMATS.dotenv, meanwhile.text, meanwhile.undo)).toBe('A=theirs\nC=3\n');
  });
});

it('dotenv: sets what is asked and finds the way back, byte by byte', () => {
  const line = fc.constantFrom(
    'A=1',
    'export B="x # y" # c',
    'A = two # c',
    '',
    '# A=0',
    'D=`a\nb`',
    'E=',
    'F: x',
  );
  const document = fc
    .tuple(fc.array(line, { maxLength: 6 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
    .map(([lines, end, closed]) => lines.join(end) + (closed ? end : ''));
  const value = fc.constantFrom('http://127.0.0.1:1', 'a b', "it's", 'say "x"', '', undefined);
  const edit = fc.record<TextEdit>({ path: fc.constantFrom(['A'], ['B'], ['D'], ['NEW']), value });
  const edits = fc.uniqueArray(edit, { selector: ({ path }) => JSON.stringify(path), maxLength: 4 });
  fc.assert(
    fc.property(document, edits, (text, list) => {
      const done = patch(FORMATS.dotenv, text, list);
      for (const { path, value: wanted } of list) expect(FORMATS.dotenv.get(done.text, path)).toBe(wanted);
      expect(unpatch(FORMATS.dotenv, done.text, done.undo)).toBe(text);
      const back = unpatch(FORMATS.dotenv, `${done.text}\nTHEIRS=1\n`, done.undo) ?? '';
      const wanted = FORMATS.dotenv.get(`${text}\nTHEIRS=1\n`, []);
      expect(FORMATS.dotenv.get(back, [])).toEqual(wanted);
    }),
    { numRuns: 300 },
  );
});

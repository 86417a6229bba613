/** Odd but valid YAML: an entry of a list goes in, and out again after somebody wrote something else. */
import { describe, expect, it } from 'vitest';
import { patch, unpatch } from '../patch.ts';
import type { TextEdit } from '../tool.ts';
import { FORMATS } from './index.ts';

const format = FORMATS.yaml;
const entry = ['models', { key: 'name', is: 'Ours' }] as const;
const EDITS: readonly TextEdit[] = [
  { path: [...entry, 'provider'], value: 'openai' },
  { path: [...entry, 'apiBase'], value: 'http://127.0.0.1:8000/v1' },
  { path: [...entry, 'roles'], value: ['chat', 'edit'] },
];

const SHAPES: Readonly<Record<string, string>> = {
  'a comment with a dash behind the dash':
    'models:\n    -   # entry - one\n        name: Foo\n        model: a\nrules: []\n',
  'a dash alone': 'models:\n  -\n    name: Foo # a - b\nrules: []\n',
  'an anchor with a dash': 'models:\n- &one-of-two\n  name: Foo\n- <<: *one-of-two\n  name: Bar\nrules: []\n',
  'an anchor of the list': 'models: &the-list # c - d\n  - name: Foo\nrules: []\n',
  'a tag': 'models: !!seq\n  - !!map # c - d\n    name: Foo\nrules: []\n',
  'a list in brackets': 'models: [ {name: Foo, model: a}, # one\n  {name: Bar} # two\n ]\nrules: []\n',
  'entries in braces': '"models":\n  - {name: Foo, model: a} # c\nrules: []\n',
  'no entries': 'models: [] # none - yet\nrules: []\n',
  'no entries, with room': 'models: [ ]\nrules: []\n',
  null: 'models: null # none\nrules: []\n',
  'a tilde': 'models: ~\nrules: []\n',
  nothing: 'models: # none - yet\n  # more\nrules: []\n',
  'a text with dashes last': 'models:\n  - name: Foo\n    prompt: |\n      - one\n      - two\n\nrules: []\n',
  'an explicit key': '? models\n: - name: Foo\nrules: []\n',
  'marks of a document': '%YAML 1.2\n---\nmodels:\n- name: Foo\nrules: []\n...\n',
  'the list at the end': 'rules: []\nmodels:\n  - name: Foo # c - d\n  # the end',
};

describe.each(Object.entries(SHAPES))('%s', (_, text) => {
  it('takes the entry, keeps every comment, and gives it back', () => {
    const done = patch(format, text, EDITS);
    for (const { path, value } of EDITS) expect(format.get(done.text, path)).toEqual(value);
    expect(done.text.match(/#.*$/gm)).toEqual(text.match(/#.*$/gm));
    expect(unpatch(format, done.text, done.undo)).toBe(text);
  });

  it('gives it back after another line was changed', () => {
    const later = (whole: string): string => whole.replace('rules: []', 'rules: [x]');
    const done = patch(format, text, EDITS);
    expect(unpatch(format, later(done.text), done.undo)).toBe(later(text));
  });
});

it.each(['model:\nz: []\n', 'model: # none\nz: []\n'])(
  'a value that nobody wrote in %j is written as nothing again',
  (text) => {
    const done = patch(format, text, [{ path: ['model'], value: 'ours' }]);
    expect(unpatch(format, done.text.replace('[]', '[x]'), done.undo)).toBe(text.replace('[]', '[x]'));
  },
);

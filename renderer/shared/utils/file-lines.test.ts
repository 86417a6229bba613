import { describe, expect, it } from 'vitest';
import { fileLines, languageOf, nameOf, shownLines } from './file-lines.ts';

const change = (before: string | null, after: string | null) => ({
  path: '~/settings.json',
  target: null,
  before,
  after,
});
const kinds = (before: string | null, after: string | null): string =>
  (fileLines(change(before, after)).lines ?? [])
    .map(({ kind }) => (kind === 'new' ? '+' : kind === 'gone' ? '-' : '='))
    .join('');

describe('lines of a change', () => {
  it.each([
    ['a\nb\n', 'a\nc\n', '=-+'],
    [null, 'a\nb\n', '++'],
    ['a\nb\n', null, '--'],
    ['a\r\nb\r\n', 'a\r\nb\r\nc\r\n', '==+'],
    ['', 'a\n', '+'],
    ['a\n', '', '-'],
  ])('%j to %j', (before, after, expected) => expect(kinds(before, after)).toBe(expected));

  it('are counted', () =>
    expect(fileLines(change('a\nb\nc\n', 'a\nx\ny\nc\n'))).toMatchObject({ added: 2, removed: 1 }));
});

it('folds long files only, and those only until the whole is wanted', () => {
  const text = (last: string): string =>
    [...Array.from({ length: 60 }, (_, at) => `line ${at}`), last].join('\n');
  const lines = fileLines(change(text('a'), text('b'))).lines ?? [];
  expect(shownLines(lines, false)).toHaveLength(6);
  expect(shownLines(lines, true)).toHaveLength(62);
  expect(shownLines(lines.slice(0, 40), false)).toHaveLength(40);
});

it.each([
  ['~/.claude/settings.json', 'json'],
  ['~/.codex/config.toml', 'toml'],
  ['~/.zshrc', 'bash'],
  ['~/.gemini/.env', 'bash'],
  ['~/.aider.conf.yml', 'yaml'],
  ['~/notes.txt', ''],
])('%s is coloured as %j', (path, language) => expect(languageOf(path)).toBe(language));

it.each([
  ['~/.claude/settings.json', 'settings.json'],
  ['C:\\Users\\me\\x.toml', 'x.toml'],
])('%s is named %s', (path, name) => expect(nameOf(path)).toBe(name));

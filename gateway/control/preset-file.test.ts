import { describe, expect, it } from 'vitest';
import type { Preset } from '../../contract/rpc/procedures/presets.ts';
import { freeName, readPresetFile, writePresetFile, type PresetContent } from './preset-file.ts';

const CONTENT: PresetContent = {
  name: 'Analyst',
  system: 'Be "brief".\nAnd 真.',
  parameters: { temperature: 0.4, stop: ['END'] },
  tools: [{ name: 'now', description: '', schema: '{}', canned: 'noon' }],
  toolChoice: 'tool:now',
  autoContinue: true,
  format: { kind: 'schema', name: 'answer', strict: true, schema: '{}' },
};
const ANALYST: Preset = { ...CONTENT, id: 'c-12345678' };
const around = (presets: string): string =>
  `{\n  "format": "switchyard-presets",\n  "version": 1,\n  "presets": ${presets}\n}\n`;

describe('a file of presets', () => {
  it('holds them whole, without the ids they have here', () => {
    const text = writePresetFile([ANALYST]);
    expect(readPresetFile(`\ufeff${text}`)).toEqual([CONTENT]);
    expect(text).not.toContain(ANALYST.id);
  });

  it('may leave out what is as in a new chat', () => {
    expect(readPresetFile(around('[{ "name": " Short ", "system": "Hi." }]'))).toEqual([
      {
        name: 'Short',
        system: 'Hi.',
        parameters: {},
        tools: [],
        toolChoice: 'auto',
        autoContinue: false,
        format: { kind: 'text' },
      },
    ]);
  });

  it.each([
    ['nothing', '', 'Line 1, column 1: this is no JSON.'],
    ['half a file', '{\n  "format":', /^Line 2, column \d+: this is no JSON\.$/],
    ['a comma too many', around('[{ "name": "a", }]'), /^Line 4, column 30: this is no JSON\.$/],
    ['another file', '{ "format": "switchyard-chat", "version": 1 }', /^Line 1, column 13 \(format\): /],
    ['a later version', around('[]').replace('1', '2'), /^Line 3, column 14 \(version\): /],
    ['no preset', around('[]'), /^Line 4, column 14 \(presets\): at least one/],
    [
      'a word for a number',
      around('[{ "name": 7 }]'),
      'Line 4, column 25 (presets[0].name): text is needed.',
    ],
    ['no name', around('[\n    { "system": "x" }\n  ]'), /^Line 5, column 5 \(presets\[0\]\.name\): /],
    ['a name of blanks', around('[{ "name": "  " }]'), /^Line 4, column 25 \(presets\[0\]\.name\): /],
    [
      'a value out of its range',
      around('[\n    { "name": "a" },\n    { "name": "b", "parameters": { "temperature": 9 } }\n  ]'),
      /^Line 6, column 51 \(presets\[1\]\.parameters\.temperature\): /,
    ],
    [
      'a member that nobody knows',
      around('[{ "name": "a", "temprature": 1 }]'),
      'Line 4, column 44 (presets[0].temprature): nobody knows this member.',
    ],
  ])('%s is refused with its place', (_, text, message) => {
    expect(() => readPresetFile(text)).toThrow(message);
  });
});

describe('a free name', () => {
  it.each([
    ['free', 'a', [], 'a'],
    ['taken', 'a', ['a'], 'a (2)'],
    ['taken twice', 'a', ['a', 'a (2)'], 'a (3)'],
    ['as long as a name can be', 'x'.repeat(80), ['x'.repeat(80)], `${'x'.repeat(76)} (2)`],
  ])('%s', (_, wanted, taken, free) => {
    expect(freeName(wanted, new Set(taken))).toBe(free);
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createInputReader } from './input-reader.ts';

function read(pieces: readonly string[]): readonly (string | undefined)[] {
  const reader = createInputReader();
  return [...pieces.map(reader.push), reader.end()];
}

test('the text goes out as it comes', () => {
  expect(read(['{"inp', 'ut": "one ', 'two\\', 'n"}'])).toEqual(['', 'one ', 'two', '\n', '']);
});

test('any text in any spelling of JSON, cut anywhere, is read whole and never twice', () => {
  const spelled = (text: string, escape: boolean): string =>
    escape
      ? Array.from(
          { length: text.length },
          (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`,
        ).join('')
      : JSON.stringify(text).slice(1, -1);
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.boolean(),
      fc.array(fc.nat(400), { maxLength: 20 }),
      (text, escape, cuts) => {
        const json = `{ "input":"${spelled(text, escape)}" }`;
        const places = [...new Set(cuts.map((cut) => cut % json.length))].toSorted((a, b) => a - b);
        const pieces = [0, ...places].map((start, index) => json.slice(start, places[index] ?? json.length));
        const written = read(pieces);
        expect(written.join('')).toBe(text);
        for (const piece of written) expect(piece?.isWellFormed()).toBe(true);
      },
    ),
  );
});

test('what is no such object is taken as it is, once it is whole', () => {
  expect(read(['*** Begin', ' Patch'])).toEqual(['', '', '*** Begin Patch']);
  expect(read(['{"text":', '"x"}'])).toEqual(['', '', '{"text":"x"}']);
  expect(read(['"quoted"'])).toEqual(['', 'quoted']);
});

test.each([
  ['an escape that JSON does not know', '{"input":"re.match(\\\\d, \\d)\\n"}', 're.match(\\d, \\d)\n'],
  ['a quote that needs none', `{"input":"it\\'s\\t"}`, "it\\'s\t"],
  ['a raw end of line', '{"input":"one\n\\ttwo\n"}', 'one\n\ttwo\n'],
  ['half an escape', '{"input":"a\\u12 \\u00e9"\n}', 'a\\u12 é'],
  ['quotes within', '{"input": "say "hi", \\"you\\""}', 'say "hi", "you"'],
  ['no brace at the end', '{"input":"\\d"', '\\d'],
])('what is no JSON is read as far as it was written: %s', (_what, json, text) => {
  expect(read([json]).join('')).toBe(text);
  expect(read(json.split('')).join('')).toBe(text);
});

test('other members, or words behind the object, are no part of the text', () => {
  expect(read(['{"input":"a", "why":"b"}']).join('')).toBe('a');
  expect(read(['{"input":"a"} Done.']).join('')).toBe('a');
});

test('a text that was never closed is none', () => {
  expect(read(['{"input":"one \\d two']).at(-1)).toBeUndefined();
  expect(read(['{"input":"one']).at(-1)).toBeUndefined();
});

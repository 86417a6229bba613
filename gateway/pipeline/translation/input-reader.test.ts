import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createInputReader } from './input-reader.ts';

function read(pieces: readonly string[]): readonly string[] {
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
        for (const piece of written) expect(piece.isWellFormed()).toBe(true);
      },
    ),
  );
});

test('what is no such object is taken as it is, once it is whole', () => {
  expect(read(['*** Begin', ' Patch'])).toEqual(['', '', '*** Begin Patch']);
  expect(read(['{"text":', '"x"}'])).toEqual(['', '', '{"text":"x"}']);
  expect(read(['"quoted"'])).toEqual(['', 'quoted']);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createThinkSplitter } from './think-tags.ts';

function split(pieces: readonly string[]): { readonly reasoning: string; readonly text: string } {
  const splitter = createThinkSplitter();
  const passages = [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.rest()];
  const of = (kind: string): string =>
    passages
      .filter((passage) => passage.kind === kind)
      .map(({ text }) => text)
      .join('');
  return { reasoning: of('reasoning'), text: of('text') };
}

const CASES: readonly (readonly [string, string, string])[] = [
  ['<think>\nHm.\n</think>\n\nFour.', 'Hm.\n', 'Four.'],
  ['\n<think>Hm.</think>Four.', 'Hm.', 'Four.'],
  ['<think></think>\n\nFour.', '', 'Four.'],
  ['Four. <think>no</think>', '', 'Four. <think>no</think>'],
  ['<think>a</think>b<think>c</think>', 'a', 'b<think>c</think>'],
  ['<think>never closed </thin', 'never closed </thin', ''],
  ['<thinking>x', '', '<thinking>x'],
  ['<th', '', '<th'],
  ['  \n', '', '  \n'],
  ['', '', ''],
];

describe('thoughts at the start of the content', () => {
  test.each(CASES)('%j', (content, reasoning, text) => {
    expect(split([content])).toEqual({ reasoning, text });
  });

  test('tags may be cut anywhere', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CASES), fc.array(fc.nat(40)), ([content, reasoning, text], cuts) => {
        const places = [...new Set(cuts)].filter((cut) => cut < content.length).toSorted((a, b) => a - b);
        const pieces = [0, ...places].map((from, index) => content.slice(from, places[index]));
        expect(split(pieces)).toEqual({ reasoning, text });
      }),
    );
  });

  test('text that is no tag goes out at once', () => {
    expect(createThinkSplitter().push('Hello')).toEqual([{ kind: 'text', text: 'Hello' }]);
  });
});

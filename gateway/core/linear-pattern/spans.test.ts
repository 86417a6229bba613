import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSpanFinder, type Span } from './spans.ts';

function found(pattern: string, text: string): readonly string[] {
  const search = createSpanFinder(pattern).find(text);
  for (let turn = search.next(); ; turn = search.next()) {
    if (turn.done === true) return turn.value.map(({ start, end }: Span) => text.slice(start, end));
  }
}

it.each<readonly [string, string, string, readonly string[]]>([
  ['every place', 'ab', 'ab xab', ['ab', 'ab']],
  ['the longest', '\\d+', 'a 123 b 4', ['123', '4']],
  ['the leftmost, not the first to end', 'abcd|bc', 'abcd bc', ['abcd', 'bc']],
  ['the shorter one where the longer fails', 'a.*z|a', 'abc', ['a']],
  ['what comes behind a way that failed', 'a.*z|b', 'abcb', ['b', 'b']],
  ['to the end of the text', 'x$', 'x x', ['x']],
  ['at its beginning', '^x', 'x x', ['x']],
  ['at the beginning of lines', '/^x/m', 'x\nx yx', ['x', 'x']],
  ['whole words', '\\bcat\\b', 'cat concat cat', ['cat', 'cat']],
  ['any case', '/KEY-\\w+/i', 'a key-abc!', ['key-abc']],
  ['numbers of cards', '\\b(?:\\d[ -]?){13,16}\\b', 'pay 4111 1111 1111 1111.', ['4111 1111 1111 1111']],
  ['nothing of no length', 'a*', 'baab', ['aa']],
  ['nothing', 'x', 'abc', []],
])('finds %s', (_case, pattern, text, spans) => expect(found(pattern, text)).toEqual(spans));

it('agrees with regular expressions where those take the longest, too', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[ab1 ]{0,40}$/), (text) => {
      for (const pattern of ['a+b', '\\ba+', 'b{2,3}', '(?:a|1)+', '[^a ]+$']) {
        expect(found(pattern, text)).toEqual(text.match(new RegExp(pattern, 'g')) ?? []);
      }
    }),
    { numRuns: 200 },
  );
});

it('can be interrupted', () => {
  expect([...createSpanFinder('b').find('a'.repeat(10_000))]).toHaveLength(39);
});

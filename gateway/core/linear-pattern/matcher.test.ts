import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMatcher } from './matcher.ts';

/** Fed in pieces of `size`, so that no match depends on where a text is cut. */
function found(pattern: string, text: string, size = text.length || 1): boolean {
  const search = createMatcher(pattern).begin();
  for (let at = 0; at < text.length; at += size) {
    if (search.feed(text, at, Math.min(text.length, at + size))) return true;
  }
  return search.end();
}

describe('what JavaScript finds is found, and nothing else', () => {
  const texts = [
    '',
    'a',
    'aaa',
    'ab',
    'ba',
    'abc',
    'ABC',
    'a b',
    'xab1',
    '-ab-',
    'a\nb',
    'éÉ',
    '12-34',
    'exec (',
    '_',
    '😀',
  ];
  const patterns = [
    'a',
    'ab',
    'a*b',
    'a+b',
    'a?b',
    '(?:ab)+c',
    'a|b',
    '^a',
    'a$',
    '^$',
    '^a*$',
    '\\bab\\b',
    '\\Bb',
    '[a-c]{2,3}',
    '[^a]',
    '[^a-z\\d]',
    '\\d{2}-\\d{2}',
    '\\d{2,}',
    '.',
    'a.b',
    '(a*)*b',
    '(a|ab)(c|bcd)?$',
    'exec\\s*\\(',
    '\\w\\W',
    '[-a]b',
    '[a-]b',
    'é',
    '\\x61',
    '\\u0061',
    '(?<name>a)b',
    'a{0}b',
    '(?:a|)b',
    '^|a',
    '\\.',
    '[\\]]',
    '\\S+\\s\\S+',
    'a{2,3}?',
    '[\\d-]{3}',
  ];
  it.each(patterns)('%s', (pattern) => {
    for (const flags of ['', 'i', 'm', 's', 'im']) {
      const theirs = new RegExp(pattern, flags);
      for (const text of texts) {
        for (const size of [1, 100]) {
          const name = `/${pattern}/${flags} in ${JSON.stringify(text)}`;
          expect(`${name}: ${found(`/${pattern}/${flags}`, text, size)}`).toBe(
            `${name}: ${theirs.test(text)}`,
          );
        }
      }
    }
  });

  const atom = fc.constantFrom('a', 'b', '.', '\\w', '\\b', '^', '$', '[ab]', '[^a]', '\\s');
  const { pattern } = fc.letrec((tie) => ({
    piece: fc.oneof({ maxDepth: 3 }, atom, tie('group')),
    group: fc
      .tuple(tie('pattern'), fc.constantFrom('', '*', '+', '?', '{2}', '{0,2}', '{1,}'))
      .map(([inside, many]) => `(?:${String(inside)})${many}`),
    pattern: fc
      .array(fc.tuple(tie('piece'), fc.constantFrom('', '|')), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.map(([piece, bar]) => `${String(piece)}${bar}`).join('')),
  }));
  it('any pattern in any text', () => {
    fc.assert(
      fc.property(
        pattern.filter((one): one is string => typeof one === 'string' && one !== ''),
        fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', '\n', '-'), maxLength: 12 }),
        (source, text) => found(`/${source}/`, text, 3) === new RegExp(source).test(text),
      ),
      { numRuns: 500 },
    );
  });
});

it('what takes others for ever takes no time', () => {
  const text = 'a'.repeat(100_000);
  for (const pattern of ['(a+)+$b', '(a|a)*b', '(.*a){20}b', 'a.*b', '(a*)*c'])
    expect(found(pattern, text)).toBe(false);
});

it('a set of ways for each of many characters does not fill the memory', () => {
  const text = Array.from({ length: 50_000 }, (_, at) => ((at * 7_919) % 13 < 6 ? 'a' : 'b')).join('');
  expect(found('a[ab]{40}c', text)).toBe(false);
  expect(found('a[ab]{40}c', `${text}c`)).toBe(text.at(-41) === 'a');
});

it.each([
  ['', 'empty'],
  ['//', 'empty'],
  ['a'.repeat(1_001), '1000 characters'],
  ['(?=a)', 'look-ahead'],
  ['(?<!a)b', 'look-behind'],
  ['(a)\\1', 'back references'],
  ['(a', 'not closed'],
  ['a)', 'no opening'],
  ['[a', 'not closed'],
  ['[b-a]', 'wrong order'],
  ['[\\d-z]', 'from one character'],
  ['*a', 'nothing to repeat'],
  ['a**', 'quantifiers'],
  ['a{3,2}', 'wrong order'],
  ['a{9999}', '500 at most'],
  ['(a{400}){400}', 'too large'],
  ['\\p{L}', '\\p is not known'],
  ['/a/x', 'flag x'],
  ['a\\', 'at the end'],
])('%s is refused: %s', (pattern, reason) => {
  expect(() => createMatcher(pattern)).toThrow(reason);
});

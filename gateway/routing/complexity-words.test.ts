import { describe, expect, it } from 'vitest';
import { codeStrength, constraintStrength, reasoningStrength } from './complexity-words.ts';

describe('the lines of a stack trace and names of files are program text', () => {
  it.each([
    'at render (src/App.vue:12:3)',
    'at Object.<anonymous> (file:///srv/app/main.mjs:1:2)',
    '    at new Shelf (node:internal/shelf:10:20)',
    'at eval (eval at run (/srv/run.mjs:1:2), <anonymous>:3:4)',
    'look into src/main.ts',
    'look into /src/core/main.ts',
  ])('once: %s', (text) => expect(codeStrength(text)).toBeCloseTo(1 / 6));

  it.each(['at noon (at home:1)', 'at noon (10:30:00 o’clock)', 'a.txt'])('no: %s', (text) =>
    expect(codeStrength(text)).toBe(0),
  );
});

it('counts items of a list however far they are from the margin', () => {
  expect(constraintStrength('- one\n  * two\n\t1. three\n\n\n   \u3000• four\n')).toBeCloseTo(2 / 6);
});

/** Each is repeated to 200 KB; an expression that looks at a text more than once would need hours. */
const HOSTILE = [
  ...['at (', 'at ', 'at at at at (:1:1:1', 'at x(:1:1', 'at (:1', `${'at '.repeat(40)}(${':1'.repeat(98)}`],
  ...['\n', ' ', ' \n', '- ', '-\n', '1.\n', '\u3000'],
  ...[
    'a/',
    'a',
    '/',
    'a/a.',
    'function ',
    'class {',
    '; ',
    ';\n',
    'a(',
    'a_',
    '`',
    'between 1 and ',
    '1',
    '以 ',
  ],
];
const SIZE = 200_000;

it.each(HOSTILE)('no text takes long: %j', (piece) => {
  const text = piece.repeat(Math.ceil(SIZE / piece.length));
  for (const strength of [codeStrength, constraintStrength, reasoningStrength]) {
    const found = strength(text);
    expect(found).toBeGreaterThanOrEqual(0);
    expect(found).toBeLessThanOrEqual(1);
  }
});

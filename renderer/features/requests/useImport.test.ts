import { expect, it } from 'vitest';
import { endOfCharacter } from './useImport.ts';

it.each([
  ['abc', 3, 3],
  ['abä', 3, 2],
  ['abä', 4, 4],
  ['a你', 3, 1],
  ['a你', 4, 4],
  ['a😀', 4, 1],
  ['a😀', 5, 5],
])('%s cut after %i bytes ends at %i', (text, cut, end) =>
  expect(endOfCharacter(new TextEncoder().encode(text).subarray(0, cut))).toBe(end),
);

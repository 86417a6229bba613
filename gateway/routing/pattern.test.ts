import { expect, it } from 'vitest';
import { namesMatch, patternOf } from './pattern.ts';

it.each([
  ['gpt-5', 'gpt-5', true],
  ['gpt-5', 'gpt-5-mini', false],
  ['gpt-*', 'GPT-5', true],
  ['*', '', true],
  ['*-mini', 'gpt-5-mini', true],
  ['*-mini', '-mini', true],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-c-b', false],
  ['ab*ba', 'aba', false],
  ['a*a*a', 'aa', false],
  ['g.t', 'get', false],
  ['**', 'anything', true],
])('%j and %j: %s', (pattern, name, expected) =>
  expect(namesMatch([patternOf(pattern)], name)).toBe(expected),
);

it('searches: a name of any length is done at once, where a regular expression would go on for years', () =>
  expect(namesMatch([patternOf(`${'a*'.repeat(100)}b`)], 'a'.repeat(100_000))).toBe(false));

import { expect, it } from 'vitest';
import { argumentsObject } from './call-arguments.ts';

it.each([
  ['{"a":1}', { a: 1 }],
  [' {"a":{}} ', { a: {} }],
  ['', {}],
  [' \n', {}],
  ['null', {}],
  ['[1]', undefined],
  ['"a"', undefined],
  ['7', undefined],
  ['12345678901234567890', undefined],
  ['{"a":', undefined],
  ['{"a":1} and', undefined],
])('%j', (text, expected) => {
  expect(argumentsObject(text)).toEqual(expected);
});

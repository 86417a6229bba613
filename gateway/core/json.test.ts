import { expect, test } from 'vitest';
import { parseArguments } from './json.ts';

test.each(['{"id":1234567890123456789,"list":[-9007199254740993],"n":{"x":1.5}}', '{"id":9007199254740991}'])(
  '%s is written again as it was',
  (text) => {
    expect(JSON.stringify(parseArguments(text))).toBe(text);
  },
);

test('what is no JSON is nothing, and digits in a text are text', () => {
  expect(parseArguments('{"id":1234567890123456789')).toBeUndefined();
  expect(parseArguments('{"id":"1234567890123456789","n":1}')).toEqual({ id: '1234567890123456789', n: 1 });
});

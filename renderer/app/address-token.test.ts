import { expect, it } from 'vitest';
import { takeToken, tokenIn } from './address-token.ts';

it.each([
  ['#token=abc-DEF_1', 'abc-DEF_1'],
  ['#/requests', null],
  ['#token=', null],
  ['#token=a&next=http://elsewhere', null],
  ['', null],
])('%j holds %j', (hash, token) => expect(tokenIn(hash)).toBe(token));

it('leaves no token in the address', () => {
  window.location.hash = '#token=abc';
  expect(takeToken()).toBe('abc');
  expect(window.location.href).not.toContain('abc');
  expect(takeToken()).toBeNull();
});

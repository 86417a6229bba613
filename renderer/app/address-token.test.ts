import { expect, it } from 'vitest';
import { followPastedToken, takeToken, tokenIn } from './address-token.ts';

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

it('a printed address that is pasted into an open tab begins the page anew', () => {
  const heard: (() => void)[] = [];
  let hash = '#/login';
  let reloads = 0;
  followPastedToken(
    (act) => heard.push(act),
    () => hash,
    () => (reloads += 1),
  );
  heard[0]?.();
  hash = '#token=abc';
  heard[0]?.();
  expect(reloads).toBe(1);
});

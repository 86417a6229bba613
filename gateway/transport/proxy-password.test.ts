import { expect, it } from 'vitest';
import { hidePassword, isHidden, proxyPasswords } from './proxy-password.ts';

it.each([
  ['http://me:s3cret@proxy:3128', 'http://me:***@proxy:3128', ['s3cret']],
  ['http://me:a%40b@proxy', 'http://me:***@proxy', ['a%40b', 'a@b']],
  ['http://me:100%@proxy', 'http://me:***@proxy', ['100%']],
  ['HTTP://:p@ss:word@proxy/', 'HTTP://:***@proxy/', ['p@ss:word']],
  ['http://me@proxy:3128', 'http://me@proxy:3128', []],
  ['http://me:@proxy:3128', 'http://me:@proxy:3128', []],
  ['http://proxy:3128', 'http://proxy:3128', []],
  ['system', 'system', []],
])('%s is shown as %s', (proxy, shown, passwords) => {
  expect(hidePassword(proxy)).toBe(shown);
  expect(proxyPasswords(proxy)).toEqual(passwords);
  expect(isHidden(shown)).toBe(passwords.length > 0);
});

it('no proxy has no password', () => {
  expect(proxyPasswords(undefined)).toEqual([]);
});

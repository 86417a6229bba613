import { expect, it } from 'vitest';
import { beginCookie, endCookie, sessionCookies } from './cookie.ts';

it('is out of reach of scripts and of other sites', () => {
  expect(beginCookie('abc', false)).toBe('switchyard_session=abc; Path=/; HttpOnly; SameSite=Strict');
});

it('is bound to this host and to TLS over TLS', () => {
  expect(beginCookie('abc', true)).toBe(
    '__Host-switchyard_session=abc; Path=/; HttpOnly; SameSite=Strict; Secure',
  );
});

it('is removed by an empty one that is over', () => {
  expect(endCookie(false)).toContain('switchyard_session=; Path=/;');
  expect(endCookie(false)).toContain('Max-Age=0');
});

it.each([
  ['nothing', undefined, false, []],
  ['others only', 'theme=dark; my_switchyard_session=x', false, []],
  ['one among others', 'a=b; switchyard_session=abc; c=d', false, ['abc']],
  ['two of one name', 'switchyard_session=a; switchyard_session=b', false, ['a', 'b']],
  ['the plain one over TLS', 'switchyard_session=abc', true, []],
  ['the bound one over TLS', '__Host-switchyard_session=abc', true, ['abc']],
  ['a flood', 'switchyard_session=a; '.repeat(1_000), false, ['a', 'a', 'a', 'a']],
])('reads %s', (_case, header, secure, expected) => {
  expect(sessionCookies(header, secure)).toEqual(expected);
});

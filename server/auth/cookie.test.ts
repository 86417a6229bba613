import { expect, it } from 'vitest';
import { createSessionCookie } from './cookie.ts';

const cookie = createSessionCookie('/data/one');
const NAME = cookie.begin('', false).split('=', 1)[0] ?? '';
const value = (letter: string): string => letter.repeat(43);

it('is out of reach of scripts and of other sites', () => {
  expect(cookie.begin('abc', false)).toMatch(
    /^switchyard_session_[0-9a-f]{8}=abc; Path=\/; HttpOnly; SameSite=Strict$/,
  );
});

it('is bound to this host and to TLS over TLS', () => {
  expect(cookie.begin('abc', true)).toBe(`__Host-${NAME}=abc; Path=/; HttpOnly; SameSite=Strict; Secure`);
});

it('is removed by an empty one that is over', () => {
  expect(cookie.end(false)).toBe(`${NAME}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`);
});

it('is another one for another gateway, and the same one for the same', () => {
  expect(createSessionCookie('/data/one').begin('', false)).toBe(cookie.begin('', false));
  const other = createSessionCookie('/data/two');
  expect(other.begin('', false)).not.toBe(cookie.begin('', false));
  expect(other.values(`${NAME}=${value('a')}`, false)).toEqual([]);
});

it.each([
  ['nothing', undefined, false, []],
  ['others only', `theme=dark; my_${NAME}=${value('a')}`, false, []],
  ['one among others', `a=b; ${NAME}=${value('a')}; c=d`, false, [value('a')]],
  ['two of one name', `${NAME}=${value('a')}; ${NAME}=${value('b')}`, false, [value('a'), value('b')]],
  ['what is no session', `${NAME}=abc; ${NAME}=; ${NAME}=${value('a')}x`, false, []],
  ['the plain one where this process speaks TLS', `${NAME}=${value('a')}`, true, []],
  ['the bound one where this process speaks TLS', `__Host-${NAME}=${value('a')}`, true, [value('a')]],
  ['the bound one behind what speaks TLS', `__Host-${NAME}=${value('a')}`, false, [value('a')]],
  ['a flood of one', `${NAME}=${value('a')}; `.repeat(1_000), false, [value('a')]],
])('reads %s', (_case, header, encrypted, expected) => {
  expect(cookie.values(header, encrypted)).toEqual(expected);
});

it('finds the real one behind all that another page can set', () => {
  const planted = Array.from({ length: 180 }, (_, index) => `${NAME}=${String(index).padStart(43, 'x')}`);
  const header = [...planted, `${NAME}=${value('a')}`].join('; ');
  expect(cookie.values(header, false)).toContain(value('a'));
});

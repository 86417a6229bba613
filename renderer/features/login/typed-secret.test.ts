import { expect, it } from 'vitest';
import { secretIn } from './typed-secret.ts';

it.each([
  ['abc_DEF-1', 'abc_DEF-1'],
  ['  abc\n', 'abc'],
  ['http://127.0.0.1:8080/#token=abc_DEF-1', 'abc_DEF-1'],
  ['https://gateway.example/#token=abc ', 'abc'],
  // Passwords may look like anything.
  ['http://127.0.0.1:8080/#token=', 'http://127.0.0.1:8080/#token='],
  ['my #token=abc', 'my #token=abc'],
])('what is typed as %s is sent as %s', (typed, secret) => expect(secretIn(typed)).toBe(secret));

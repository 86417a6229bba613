import { expect, it } from 'vitest';
import { hasAddressKey, withoutAddressKeys } from './address-keys.ts';

it.each([
  ['/v1beta/models?key=abc', '/v1beta/models'],
  [
    '/v1beta/models/m:streamGenerateContent?alt=sse&key=abc',
    '/v1beta/models/m:streamGenerateContent?alt=sse',
  ],
  ['/x?key=abc&pageSize=5', '/x?pageSize=5'],
  ['/x?a=1&API_KEY=abc&b=2', '/x?a=1&b=2'],
  ['/x?api-key=abc', '/x'],
  ['/x?k%65y=abc', '/x'],
  ['/x?$key=abc', '/x'],
  ['/x?access_token=abc&token=d', '/x'],
  ['/x?a=1;key=abc', '/x?a=1'],
  ['http://127.0.0.1:8000/x?key=abc', 'http://127.0.0.1:8000/x'],
  ['/x?key', '/x'],
  ['/x?subscription-key=abc&accessToken=d&client_secret=e&a=1', '/x?a=1'],
])('%s is written as %s', (target, expected) => {
  expect(hasAddressKey(target)).toBe(true);
  expect(withoutAddressKeys(target)).toBe(expected);
});

it.each([
  '/x',
  '/key=abc',
  '/x?beta=true',
  '/x?monkey=1&limit=1000',
  '/x?%zz=1',
  '/x?',
  '/x?pageToken=abc',
  '/x?session_id=a',
])('%s stays as it is', (target) => {
  expect(hasAddressKey(target)).toBe(false);
  expect(withoutAddressKeys(target)).toBe(target);
});

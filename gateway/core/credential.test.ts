import { expect, test } from 'vitest';
import { credentialHeader } from './credential.ts';

test.each([
  ['bearer', { authorization: 'Bearer s3cret' }],
  ['x-api-key', { 'x-api-key': 's3cret' }],
  ['x-goog-api-key', { 'x-goog-api-key': 's3cret' }],
  ['api-key', { 'api-key': 's3cret' }],
] as const)('%s carries the secret in its own header', (auth, headers) => {
  expect(credentialHeader(auth, 's3cret')).toEqual(headers);
});

import { expect, it } from 'vitest';
import { configSchema } from '../../contract/config/schema.ts';
import { createMemoryKeys } from '../state/memory-keys.ts';
import { secretsOf } from './secrets.ts';

const secretsIn = (headers: Record<string, string>) =>
  secretsOf(
    configSchema.parse({ providers: [{ id: 'corporate', headers }] }),
    { secrets: () => ['from-the-store'] },
    createMemoryKeys(),
  );

it.each([
  ['by its name', { 'X-Gateway-Key': 'hunter2hunter2' }, ['hunter2hunter2']],
  [
    'with its scheme and without',
    { Authorization: 'Bearer corporate-pass' },
    ['Bearer corporate-pass', 'corporate-pass'],
  ],
  ['by its form', { 'X-Team': 'sk-abcdefghijklmnop' }, ['sk-abcdefghijklmnop']],
])('a credential among the headers of a provider is a secret: %s', (_how, headers, secrets) => {
  expect(new Set(secretsIn(headers))).toEqual(new Set(['from-the-store', ...secrets]));
});

it('what other texts hold too is none', () => {
  expect(secretsIn({ 'HTTP-Referer': 'https://app.example', 'X-Key-Type': 'oauth' })).toEqual([
    'from-the-store',
  ]);
});

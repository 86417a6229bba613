import { expect, it } from 'vitest';
import { REFUSALS } from '../../contract/rpc/refusals.ts';
import en from '../../resources/locales/en.json' with { type: 'json' };
import { refused } from './refusals.ts';

it.each(REFUSALS)('%s says in English what pages in English say', (code) => {
  expect(refused(code).message).toBe(en.refusals.told[code]);
});

it('puts values in, in one go', () => {
  const error = refused('no-key', { provider: '{id}', id: 'k1' }, 'id');
  expect(error).toMatchObject({ code: 'not_found', field: 'id', message: '{id} has no key k1.' });
  expect(error.told).toEqual({ code: 'no-key', values: { provider: '{id}', id: 'k1' }, text: error.message });
});

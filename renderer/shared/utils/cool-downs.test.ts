import { describe, expect, it } from 'vitest';
import { sampleKey } from '../../testing/samples.ts';
import { coolDownsOf, keyTitle, sharedAccounts } from './cool-downs.ts';

const cooling = (id: string, changes: Parameters<typeof sampleKey>[0] = {}) =>
  sampleKey({ id, label: id, state: 'cooling', reason: 'rate_limited', coolingFor: 60_000, ...changes });
const shape = (keys: Parameters<typeof coolDownsOf>[0]['keys']) =>
  coolDownsOf({ keys }).map(({ scope, model, keys: held }) => [scope, model, held.map(({ id }) => id)]);

describe('cool-downs of a provider', () => {
  it('are none while every key is ready', () => expect(shape([sampleKey()])).toEqual([]));

  it('of keys stay one for each key, whatever they have in common', () => {
    expect(shape([cooling('a', { scope: 'key' }), cooling('b', { scope: 'key' })])).toEqual([
      ['key', null, ['a']],
      ['key', null, ['b']],
    ]);
  });

  it('of the provider, and of the way to it, are one for all keys', () => {
    for (const scope of ['provider', 'network'] as const) {
      const keys = [cooling('a', { scope }), cooling('b', { scope, coolingFor: 59_999 })];
      expect(shape(keys)).toEqual([['provider', null, ['a', 'b']]]);
    }
  });

  it('of an account hold for its own keys', () => {
    const keys = [
      cooling('a', { scope: 'account', sharesAccountWith: ['c'] }),
      cooling('b', { scope: 'account' }),
      cooling('c', { scope: 'account', sharesAccountWith: ['a'] }),
    ];
    expect(shape(keys)).toEqual([
      ['account', null, ['a', 'c']],
      ['account', null, ['b']],
    ]);
  });

  it('of a model are one where they end together, and two where they do not', () => {
    const model = { model: 'gpt-5', reason: 'model_overloaded', scope: 'model', coolingFor: 9_000 } as const;
    const keys = [
      sampleKey({ id: 'a', models: [model] }),
      sampleKey({ id: 'b', models: [{ ...model, coolingFor: 9_001 }] }),
      sampleKey({ id: 'c', models: [{ ...model, coolingFor: 30_000 }] }),
    ];
    expect(shape(keys)).toEqual([
      ['model', 'gpt-5', ['a', 'b']],
      ['model', 'gpt-5', ['c']],
    ]);
  });
});

describe('keys of one account', () => {
  it('are told once', () => {
    const keys = [
      sampleKey({ id: 'a', sharesAccountWith: ['c'] }),
      sampleKey({ id: 'b' }),
      sampleKey({ id: 'c', sharesAccountWith: ['a'] }),
    ];
    expect(sharedAccounts({ keys }).map((mates) => mates.map(({ id }) => id))).toEqual([['a', 'c']]);
  });
});

it('a key is called by its label, else its id, with its end where that is known', () => {
  expect(keyTitle(sampleKey())).toBe('main …a1b2');
  expect(keyTitle(sampleKey({ label: '', fingerprint: '' }))).toBe('k-1');
});

import { describe, expect, it } from 'vitest';
import type { RoutingSnapshot } from '../routing/snapshot.ts';
import { aliasOf, routingSnapshot } from '../testing/routing.ts';
import { modelNamed, offeredModels } from './models.ts';

const routing = (models: readonly string[] | null): RoutingSnapshot =>
  routingSnapshot({
    providers: [
      { id: 'box', keys: [], strategy: 'weighted', models: models === null ? null : new Set(models) },
    ],
    aliases: new Map([['fast', aliasOf('box/small')]]),
  });
const listed = (id: string) => ({ id, created: 7, ownedBy: 'maker' });

describe('offered models', () => {
  it.each([
    ['nothing is known', null, [], ['fast']],
    ['the provider lists its models', null, ['small'], ['fast', 'box/small']],
    [
      'the user named them and the provider lists none',
      ['small', 'large'],
      [],
      ['fast', 'box/small', 'box/large'],
    ],
    ['the user named some of those the provider lists', ['large'], ['small', 'large'], ['fast', 'box/large']],
  ])('where %s', (_case, named, provided, offered) => {
    const lists = new Map([['box', provided.map(listed)]]);
    expect(offeredModels(routing(named), lists).map(({ id }) => id)).toEqual(offered);
  });

  it('keeps what a provider says of a model the user named', () => {
    const lists = new Map([['box', [listed('large')]]]);
    expect(offeredModels(routing(['large', 'own']), lists).slice(1)).toEqual([
      { id: 'box/large', created: 7, ownedBy: 'maker', provider: 'box' },
      { id: 'box/own', created: 0, ownedBy: 'box', provider: 'box' },
    ]);
  });
});

describe('one model by a name that chat takes', () => {
  const key = { id: 'k', weight: 1, models: [] };
  const snapshot = routingSnapshot({
    providers: [
      { id: 'box', keys: [key], strategy: 'weighted', models: new Set(['large', 'own-20250929']) },
      { id: 'other', keys: [key], strategy: 'weighted', models: new Set(['small']) },
    ],
    aliases: new Map([['fast', aliasOf('box/large')]]),
  });
  const lists = new Map([['box', [listed('large'), listed('own-20250929')]]]);
  const offered = offeredModels(snapshot, lists);

  it.each([
    ['as it is listed', 'box/large', { created: 7, ownedBy: 'maker', provider: 'box' }],
    ['without its provider', 'large', { created: 7, ownedBy: 'maker', provider: 'box' }],
    ['shorter than it is listed', 'own', { created: 7, ownedBy: 'maker', provider: 'box' }],
    ['of a list that says no more', 'small', { created: 0, ownedBy: 'other', provider: 'other' }],
    ['as an alias', 'fast', { created: 0, ownedBy: 'switchyard', provider: 'switchyard' }],
  ])('%s', (_case, name, rest) => {
    expect(modelNamed(name, offered, snapshot, lists)).toEqual({ id: name, ...rest });
  });

  it('none where chat would find none', () => {
    expect(modelNamed('nope', offered, snapshot, lists)).toBeUndefined();
    expect(modelNamed('', offered, { ...snapshot, defaultModel: 'fast' }, lists)).toBeUndefined();
  });
});

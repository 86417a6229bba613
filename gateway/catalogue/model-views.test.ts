import { describe, expect, it } from 'vitest';
import type { ModelPrice } from '../../contract/rpc/procedures/models.ts';
import type { ModelFacts } from '../core/model-facts.ts';
import { mergeFacts } from './merge-facts.ts';
import { modelViews, modelsOf, type CataloguedProvider } from './model-views.ts';

const price = (input: number, source: ModelPrice['source'] = 'catalogue'): ModelPrice => ({
  input,
  output: null,
  cacheRead: null,
  cacheWrite: null,
  source,
  tiered: false,
});
const listed = (id: string, facts?: Partial<ModelFacts>) => ({
  id,
  created: 0,
  ownedBy: '',
  ...(facts === undefined ? {} : { facts }),
});
const provider = (changes: Partial<CataloguedProvider> = {}): CataloguedProvider => ({
  id: 'box',
  name: 'Box',
  demo: false,
  usable: true,
  local: false,
  models: [listed('m')],
  own: () => undefined,
  catalogues: () => [],
  ...changes,
});

const NO_FAVOURITES = new Set<string>();

describe('facts from several sources', () => {
  it.each([
    ['nobody knows', [], { name: null, price: null, contextTokens: null }],
    ['one knows', [undefined, { contextTokens: 8 }], { contextTokens: 8, maxOutputTokens: null }],
    [
      'the first wins',
      [{ contextTokens: 16 }, { contextTokens: 8, name: 'M' }],
      { contextTokens: 16, name: 'M' },
    ],
    ['null gives way', [{ price: null }, { price: price(3) }], { price: price(3) }],
    ['free is known', [{ price: price(0) }, { price: price(3) }], { price: price(0) }],
    [
      'no capability is known',
      [{ capabilities: [] }, { capabilities: ['tools' as const] }],
      { capabilities: [] },
    ],
  ])('%s', (_case, sources, expected) => expect(mergeFacts(sources)).toMatchObject(expected));

  it('a price is one source’s as a whole', () => {
    const own = price(3, 'provider');
    expect(mergeFacts([{ price: own }, { price: { ...price(2), output: 10 } }]).price).toBe(own);
  });
});

describe('models of a provider', () => {
  it.each([
    ['as listed', ['a', 'b'], [], [], ['a', 'b']],
    ['as configured', ['a', 'b'], ['b', 'c'], [], ['b', 'c']],
    ['and those of the manual', ['a'], [], ['b', 'a'], ['a', 'b']],
    ['of the manual alone', [], [], ['b'], ['b']],
  ])('%s', (_case, list, configured, manual, expected) =>
    expect(
      modelsOf(
        list.map((id) => listed(id)),
        configured,
        manual,
      ).map(({ id }) => id),
    ).toEqual(expected),
  );

  it('keeps what the list says of a configured one', () =>
    expect(modelsOf([listed('a', { name: 'A' })], ['a'], [])).toEqual([listed('a', { name: 'A' })]));
});

describe('views', () => {
  it('trusts the list before the catalogues', () => {
    const box = provider({
      models: [listed('m', { contextTokens: 32 }), listed('n')],
      catalogues: (model) => [{ contextTokens: 8, name: model.toUpperCase() }],
    });
    expect(modelViews([box], new Map(), NO_FAVOURITES)).toMatchObject([
      {
        id: 'box/m',
        provider: 'box',
        providerName: 'Box',
        model: 'm',
        name: 'M',
        contextTokens: 32,
        price: null,
      },
      { id: 'box/n', name: 'N', contextTokens: 8 },
    ]);
  });

  it('names the aliases that lead to a model, by its full and its plain name', () => {
    const aliases = new Map([
      ['fast', ['box/m', 'other/x']],
      ['smart', ['m', 'm']],
      ['none', ['box/z']],
    ]);
    expect(modelViews([provider()], aliases, NO_FAVOURITES)[0]?.aliases).toEqual(['fast', 'smart']);
  });

  it('dates a model by the catalogue, else by the list', () => {
    const old = provider({ models: [{ id: 'm', created: 5, ownedBy: '' }] });
    expect(modelViews([old], new Map(), NO_FAVOURITES)[0]?.releasedAt).toBe(5_000);
    const dated = provider({ ...old, catalogues: () => [{ releasedAt: 7 }] });
    expect(modelViews([dated], new Map(), NO_FAVOURITES)[0]?.releasedAt).toBe(7);
    expect(modelViews([provider()], new Map(), NO_FAVOURITES)[0]?.releasedAt).toBeNull();
  });

  it('marks the demo and what cannot be used', () => {
    expect(modelViews([provider({ demo: true, usable: false })], new Map(), NO_FAVOURITES)).toMatchObject([
      { demo: true, usable: false },
    ]);
  });

  it('says what is corrected, and what holds without it', () => {
    const box = provider({
      models: [listed('m', { contextTokens: 32, price: price(2) }), listed('n')],
      own: (model) =>
        model === 'm'
          ? { facts: { contextTokens: 16, price: price(1, 'override') }, pricePattern: 'box/*' }
          : undefined,
    });
    expect(modelViews([box], new Map(), new Set(['box/n']))).toMatchObject([
      {
        contextTokens: 16,
        price: price(1, 'override'),
        corrected: { contextTokens: 32, price: price(2) },
        pricePattern: 'box/*',
        favourite: false,
      },
      { id: 'box/n', favourite: true },
    ]);
  });
});

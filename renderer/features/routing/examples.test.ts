import { describe, expect, it } from 'vitest';
import { sampleCatalogue, sampleModel } from '../../testing/samples.ts';
import { fallbackExample, shortExample } from './examples.ts';

const model = (id: string, input: number | null, usable = true) =>
  sampleModel({
    id,
    provider: id.split('/')[0] ?? '',
    usable,
    price: input === null ? null : { ...PRICE, input },
  });
const PRICE = sampleModel({}).price ?? Object.assign({ input: 0, output: 0 });
const CATALOGUE = sampleCatalogue([
  model('a/off', 0.01, false),
  model('a/dear', 9),
  model('a/other', 8),
  model('b/cheap', 1),
  model('c/unknown', null),
]);

describe('examples', () => {
  it('fall back to another provider', () =>
    expect(fallbackExample(CATALOGUE)?.alias?.targets.map((target) => target.model)).toEqual([
      'a/dear',
      'b/cheap',
    ]));

  it('send short questions to the cheapest model that can be used', () =>
    expect(shortExample(CATALOGUE, 'Short')).toMatchObject({
      rule: { name: 'Short', under: '20KB', target: 'b/cheap' },
    }));

  it('are none without a model', () => {
    expect(fallbackExample(sampleCatalogue([]))).toBeNull();
    expect(shortExample(null, 'Short')).toBeNull();
  });
});

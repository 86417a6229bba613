import { describe, expect, it } from 'vitest';
import type { ModelPrice } from '../../../contract/rpc/procedures/models.ts';
import { sampleModel } from '../../testing/samples.ts';
import { exampleCost, figureLines, type FigureName } from './compare.ts';
import { NOTHING_TOLD, rowsOf } from './rows.ts';

const price = (input: number | null, output: number | null, more: Partial<ModelPrice> = {}): ModelPrice => ({
  input,
  output,
  cacheRead: null,
  cacheWrite: null,
  source: 'catalogue',
  tiered: false,
  ...more,
});
const tiers = [{ ...price(6, 22.5), fromTokens: 200_001 }];

describe('what an example costs', () => {
  it.each([
    ['by price and tokens', price(3, 15), { input: 10_000, output: 1_000 }, 0.045],
    ['nothing is known', null, { input: 1, output: 1 }, null],
    ['one price is not known', price(3, null), { input: 10, output: 10 }, null],
    ['and is not needed', price(3, null), { input: 1_000_000, output: 0 }, 3],
    ['below the tier', price(3, 15, { tiers }), { input: 200_000, output: 0 }, 0.6],
    ['a long prompt as a whole', price(3, 15, { tiers }), { input: 1_000_000, output: 0 }, 6],
    ['free', price(0, 0), { input: 10, output: 10 }, 0],
  ])('%s', (_case, given, example, cost) => {
    const answer = exampleCost(given, example);
    if (cost === null) expect(answer).toBeNull();
    else expect(answer).toBeCloseTo(cost, 10);
  });
});

describe('lines of a comparison', () => {
  const rows = rowsOf(
    [
      sampleModel({ id: 'a/m', price: price(3, 15), contextTokens: 8_000 }),
      sampleModel({ id: 'b/m', price: price(1, 15), contextTokens: 16_000 }),
      sampleModel({ id: 'c/m', price: null, contextTokens: 8_000 }),
    ],
    {
      ...NOTHING_TOLD,
      measured: new Map([
        ['a/m', { id: 'a/m', requests: 4, succeeded: 3, firstContent: 300, duration: 900, cost: 0 }],
      ]),
    },
  );
  const line = (name: FigureName) =>
    figureLines(rows, { input: 1_000_000, output: 0 }).find((one) => one.name === name);

  it('the lowest price and the largest context win', () => {
    expect(line('priceIn')).toMatchObject({ values: [3, 1, null], winners: [false, true, false] });
    expect(line('context')).toMatchObject({ best: 'highest', winners: [false, true, false], differs: true });
    expect(line('example')).toMatchObject({ values: [3, 1, null], winners: [false, true, false] });
  });
  it('nobody wins where all that is known is the same', () =>
    expect(line('priceOut')).toMatchObject({ differs: true, winners: [false, false, false] }));
  it('what is the same for all does not differ', () =>
    expect(line('output')).toMatchObject({ differs: false }));
  it('success is a share; what was not asked has none', () =>
    expect(line('success')).toMatchObject({ values: [0.75, null, null] }));
  it('many requests are no merit', () => expect(line('requests')).toMatchObject({ best: null }));
});

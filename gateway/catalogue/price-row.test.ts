import { describe, expect, it } from 'vitest';
import { priceOf } from './price-row.ts';

describe('a row of the price catalogue', () => {
  it('reads plain prices', () => {
    expect(
      priceOf({ input_mtok: 1.25, output_mtok: 10, cache_read_mtok: 0.125, web_searches_kcount: 10 }),
    ).toEqual({
      input: 1.25,
      output: 10,
      cacheRead: 0.125,
      cacheWrite: null,
      source: 'catalogue',
      tiered: false,
    });
  });

  it('reads the first step of prices that rise with the prompt, and marks them', () => {
    const stepped = { base: 3, tiers: [{ start: 200_000, price: 6 }] };
    expect(priceOf({ input_mtok: stepped, output_mtok: 15 })).toMatchObject({
      input: 3,
      output: 15,
      tiered: true,
    });
  });

  it.each([
    ['nothing', {}, null],
    ['images alone', { input_image_mtok: 3 }, null],
    ['no figures', { input_mtok: 'free', output_mtok: -1 }, null],
    ['input alone', { input_mtok: 0.02 }, { input: 0.02, output: null }],
    ['free, as it says', { input_mtok: 0, output_mtok: 0 }, { input: 0, output: 0 }],
  ])('%s', (_case, row, expected) => {
    const price = priceOf(row);
    if (expected === null) expect(price).toBeNull();
    else expect(price).toMatchObject(expected);
  });
});

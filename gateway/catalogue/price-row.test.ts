import { describe, expect, it } from 'vitest';
import { ratesOf } from './price-row.ts';

describe('a row of the price catalogue', () => {
  it('reads plain prices; what counts by the thousand is told by the million', () => {
    const row = {
      input_mtok: 1.25,
      output_mtok: 10,
      cache_read_mtok: 0.125,
      cache_write_1h_mtok: 2.5,
      input_audio_mtok: 3,
      web_searches_kcount: 10,
      requests_kcount: 12,
    };
    expect(ratesOf(row)).toEqual({
      base: {
        input: 1.25,
        output: 10,
        cacheRead: 0.125,
        cacheWrite: null,
        cacheWriteHour: 2.5,
        audioInput: 3,
        webSearch: 10_000,
        request: 12_000,
      },
      tiers: [],
    });
  });

  it('makes whole tiers of steps, each of which begins above its start', () => {
    const row = {
      input_mtok: { base: 3, tiers: [{ start: 200_000, price: 6 }] },
      output_mtok: {
        base: 15,
        tiers: [
          { start: 500_000, price: 30 },
          { start: 200_000, price: 22.5 },
        ],
      },
      cache_read_mtok: 0.3,
    };
    const rest = { cacheRead: 0.3, cacheWrite: null };
    expect(ratesOf(row)).toEqual({
      base: { input: 3, output: 15, ...rest },
      tiers: [
        { fromTokens: 200_001, input: 6, output: 22.5, ...rest },
        { fromTokens: 500_001, input: 6, output: 30, ...rest },
      ],
    });
  });

  it.each([
    ['nothing', {}, null],
    ['images alone', { input_image_mtok: 3 }, null],
    ['no figures', { input_mtok: 'free', output_mtok: -1 }, null],
    ['input alone', { input_mtok: 0.02 }, { input: 0.02, output: null }],
    ['free, as it says', { input_mtok: 0, output_mtok: 0 }, { input: 0, output: 0 }],
  ])('%s', (_case, row, expected) => {
    const rates = ratesOf(row);
    if (expected === null) expect(rates).toBeNull();
    else expect(rates?.base).toMatchObject(expected);
  });
});

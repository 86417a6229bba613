/** Prices that the user wrote down, above all others. Pure. */
import type { PriceConfig } from '../../contract/config/prices.ts';
import type { PriceRates } from '../../contract/log/cost.ts';
import type { PriceSheet } from '../core/price-sheet.ts';
import { namesMatch, patternOf, type Pattern } from '../routing/pattern.ts';

export interface PriceOverride {
  readonly pattern: Pattern;
  readonly sheet: PriceSheet;
}

export function readOverrides(prices: readonly PriceConfig[]): readonly PriceOverride[] {
  return prices.map((price) => ({ pattern: patternOf(price.model), sheet: sheetOf(price) }));
}

/** The first that fits counts, whole: nothing of other sources is mixed in. */
export function overrideOf(
  overrides: readonly PriceOverride[],
  provider: string,
  model: string,
): PriceSheet | undefined {
  const name = `${provider}/${model}`;
  return overrides.find(({ pattern }) => namesMatch([pattern], name))?.sheet;
}

function sheetOf({ model: name, tiers, ...base }: PriceConfig): PriceSheet {
  const usual = ratesOf(base);
  const rising = tiers
    .map(({ above, ...own }) => ({ ...usual, ...ratesOf({ ...base, ...own }), fromTokens: above + 1 }))
    .sort((left, right) => left.fromTokens - right.fromTokens);
  return {
    source: 'override',
    asOf: null,
    name,
    periods: [{ when: null, base: usual, tiers: rising }],
    factors: {},
  };
}

function ratesOf(price: Omit<PriceConfig, 'model' | 'tiers'>): PriceRates {
  const { input, output, cache_read, cache_write, cache_write_1h, reasoning } = price;
  return {
    input: input ?? null,
    output: output ?? null,
    cacheRead: cache_read ?? null,
    cacheWrite: cache_write ?? null,
    ...(cache_write_1h === undefined ? {} : { cacheWriteHour: cache_write_1h }),
    ...(reasoning === undefined ? {} : { reasoning }),
  };
}

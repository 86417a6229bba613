/** Prices as the gateway takes them, and back. Pure. */
import type { PriceRates, PriceTier } from '../../../contract/log/cost.ts';
import type { RawInputOf } from '../../../contract/rpc/define.ts';
import type { ModelPrice } from '../../../contract/rpc/procedures/models.ts';
import type { Procedures } from '../../../contract/rpc/procedures.ts';

export type Correction = RawInputOf<Procedures['models.correct']>;
export type PriceInput = NonNullable<Correction['price']>;

/** The prices that can be corrected one by one. */
export const PRICE_FIELDS = ['input', 'output', 'cacheRead', 'cacheWrite'] as const;
export type PriceField = (typeof PRICE_FIELDS)[number];

/** All that is known of it; what is not stays out. */
export function priceInput({ tiers = [], ...base }: PriceRates & Pick<ModelPrice, 'tiers'>): PriceInput {
  return {
    ...ratesInput(base),
    ...(tiers.length === 0 ? {} : { tiers: tiers.map(tierInput) }),
  };
}

/** A tier begins one token above what the configuration writes. */
const tierInput = ({ fromTokens, ...rates }: PriceTier) => ({
  above: Math.max(1, fromTokens - 1),
  ...ratesInput(rates),
});

type RatesInput = Omit<PriceInput, 'tiers'>;

function ratesInput(rates: PriceRates): RatesInput {
  const { input, output, cacheRead, cacheWrite, cacheWriteHour, reasoning } = rates;
  return {
    ...given('input', input),
    ...given('output', output),
    ...given('cache_read', cacheRead),
    ...given('cache_write', cacheWrite),
    ...given('cache_write_1h', cacheWriteHour),
    ...given('reasoning', reasoning),
  };
}

const given = (name: keyof RatesInput, value: number | null | undefined): RatesInput =>
  value === null || value === undefined ? {} : { [name]: value };

/** True where both cost the same, wherever the figures come from. */
export function samePrice(one: ModelPrice | null, other: ModelPrice | null): boolean {
  if (one === null || other === null) return one === other;
  return JSON.stringify(priceInput(one)) === JSON.stringify(priceInput(other));
}

/** The price of a model at a provider: by the name it was asked for, else by the one that the answer tells. */
import type { PriceSheet } from '../core/price-sheet.ts';
import type { Prices } from '../core/prices.ts';
import type { RuntimeProvider } from '../core/runtime-provider.ts';

export interface Place {
  readonly provider: RuntimeProvider;
  readonly model: string;
  /** The upstream's own name of the model that answered: what is asked for at Azure is a deployment, named by its user. */
  readonly answered: string | null;
}

/** Undefined: it has not been looked up yet. */
export function heldPrice(
  { provider, model, answered }: Place,
  prices: Prices,
): PriceSheet | null | undefined {
  const sheet = prices.held(provider, model);
  return sheet === null && answered !== null ? prices.held(provider, answered) : sheet;
}

/** Rejects where the catalogue cannot be read. */
export async function findPrice(
  { provider, model, answered }: Place,
  prices: Prices,
): Promise<PriceSheet | null> {
  const sheet = await prices.find(provider, model);
  return sheet === null && answered !== null ? prices.find(provider, answered) : sheet;
}

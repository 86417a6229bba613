/** A row of the genai-prices catalogue as prices of ours. Pure. */
import type { ModelPrice } from '../../contract/rpc/procedures/models.ts';

/** Field names are those of the catalogue: US dollars per million tokens, plain or in steps by prompt length. */
export type PriceRow = Readonly<Record<string, unknown>>;

/** @returns null where the row prices no text: nothing is known then, which is not the same as free */
export function priceOf(row: PriceRow): ModelPrice | null {
  const fields = [row['input_mtok'], row['output_mtok'], row['cache_read_mtok'], row['cache_write_mtok']];
  const [input = null, output = null, cacheRead = null, cacheWrite = null] = fields.map(dollars);
  if (input === null && output === null) return null;
  return { input, output, cacheRead, cacheWrite, source: 'catalogue', tiered: fields.some(isStepped) };
}

function dollars(value: unknown): number | null {
  const plain = isStepped(value) ? value.base : value;
  return typeof plain === 'number' && Number.isFinite(plain) && plain >= 0 ? plain : null;
}

/** `{"base": 3, "tiers": [{"start": 200000, "price": 6}]}` */
function isStepped(value: unknown): value is { readonly base: unknown } {
  return typeof value === 'object' && value !== null && 'base' in value;
}

/** Prices in a provider's model list: OpenRouter's form, US dollars per token as decimal strings. Pure. */
import type { PriceRates, PriceTier } from '../../contract/log/cost.ts';
import type { ModelPrice } from '../../contract/rpc/procedures/models.ts';
import { isArray, isObject, type JsonObject } from './json.ts';

/** Prices that may be absent, by the list's names for them. Its `image` is for a picture or for a token of one, nobody says. */
const OTHERS: readonly (readonly [keyof PriceRates, string])[] = [
  ['reasoning', 'internal_reasoning'],
  ['cacheWriteHour', 'input_cache_write_1h'],
  ['audioInput', 'audio'],
  ['audioCacheRead', 'input_audio_cache'],
  ['audioOutput', 'audio_output'],
  ['imageOutput', 'image_output'],
  // For each.
  ['webSearch', 'web_search'],
  ['request', 'request'],
];

/** @returns undefined where the list prices no text */
export function readListedPrice(pricing: unknown): ModelPrice | undefined {
  if (!isObject(pricing)) return undefined;
  const base = readRates(pricing);
  if (base.input === null && base.output === null) return undefined;
  const overrides = isArray(pricing['overrides']) ? pricing['overrides'].filter(isTier) : [];
  const tiers = overrides
    .map((override): PriceTier => {
      // What it does not say stays as it is.
      return { ...readRates({ ...pricing, ...override }), fromTokens: override.min_prompt_tokens };
    })
    .sort((left, right) => left.fromTokens - right.fromTokens);
  return { ...base, source: 'provider', tiered: tiers.length > 0, ...(tiers.length > 0 ? { tiers } : {}) };
}

function readRates(pricing: JsonObject): PriceRates {
  const rates: { -readonly [Name in keyof PriceRates]: PriceRates[Name] } = {
    input: perMillion(pricing['prompt']),
    output: perMillion(pricing['completion']),
    cacheRead: perMillion(pricing['input_cache_read']),
    cacheWrite: perMillion(pricing['input_cache_write']),
  };
  for (const [name, field] of OTHERS) {
    const dollars = perMillion(pricing[field]);
    if (dollars !== null) rates[name] = dollars;
  }
  return rates;
}

/** Holds from that many tokens of prompt on, that many included. */
function isTier(override: unknown): override is JsonObject & { readonly min_prompt_tokens: number } {
  return isObject(override) && typeof override['min_prompt_tokens'] === 'number';
}

/** "-1" stands for a price that is not known. */
function perMillion(perToken: unknown): number | null {
  if (typeof perToken !== 'string' || perToken.trim() === '') return null;
  const dollars = Number(perToken) * 1_000_000;
  // Some lists carry the noise of binary fractions: 0.00000060000000000000001.
  return Number.isFinite(dollars) && dollars >= 0 ? Number(dollars.toFixed(6)) : null;
}

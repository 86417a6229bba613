/** A row of the genai-prices catalogue as prices of ours. Pure. */
import type { PriceRates, PriceTier } from '../../contract/log/cost.ts';

/** Field names are those of the catalogue: US dollars per million tokens, plain or in steps by prompt length. */
export type PriceRow = Readonly<Record<string, unknown>>;

/** Fields of the catalogue by ours, and what makes its unit a million. */
const FIELDS: readonly (readonly [keyof PriceRates, string, number])[] = [
  ['input', 'input_mtok', 1],
  ['output', 'output_mtok', 1],
  ['cacheRead', 'cache_read_mtok', 1],
  ['cacheWrite', 'cache_write_mtok', 1],
  ['cacheWriteHour', 'cache_write_1h_mtok', 1],
  ['reasoning', 'output_reasoning_mtok', 1],
  ['audioInput', 'input_audio_mtok', 1],
  ['audioCacheRead', 'cache_audio_read_mtok', 1],
  ['audioOutput', 'output_audio_mtok', 1],
  ['imageInput', 'input_image_mtok', 1],
  ['imageOutput', 'output_image_mtok', 1],
  // Dollars for a thousand.
  ['webSearch', 'web_searches_kcount', 1_000],
  ['request', 'requests_kcount', 1_000],
];

/** @returns null where the row prices no text: nothing is known then, which is not the same as free */
export function ratesOf(
  row: PriceRow,
): { readonly base: PriceRates; readonly tiers: readonly PriceTier[] } | null {
  const base = readRates(row, 0);
  if (base.input === null && base.output === null) return null;
  const starts = new Set(FIELDS.flatMap(([, field]) => stepsOf(row[field]).map(({ start }) => start)));
  const rising = [...starts].sort((left, right) => left - right);
  return { base, tiers: rising.map((start) => ({ ...readRates(row, start + 1), fromTokens: start + 1 })) };
}

/** @param prompt tokens of the prompt; a step begins above its start */
function readRates(row: PriceRow, prompt: number): PriceRates {
  const rates: { -readonly [Name in keyof PriceRates]: PriceRates[Name] } = {
    input: null,
    output: null,
    cacheRead: null,
    cacheWrite: null,
  };
  for (const [name, field, times] of FIELDS) {
    const value = row[field];
    const step = stepsOf(value).findLast(({ start }) => prompt > start);
    const dollars = amount(step === undefined ? (isStepped(value) ? value.base : value) : step.price);
    // Plain prices are no sums of fractions: 12 dollars for a thousand are 12,000 for a million.
    if (dollars !== null) rates[name] = Number((dollars * times).toFixed(6));
  }
  return rates;
}

const amount = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;

/** `{"base": 3, "tiers": [{"start": 200000, "price": 6}]}` */
function isStepped(value: unknown): value is { readonly base: unknown; readonly tiers?: unknown } {
  return typeof value === 'object' && value !== null && 'base' in value;
}

interface Step {
  readonly start: number;
  readonly price: number;
}

function stepsOf(value: unknown): readonly Step[] {
  if (!isStepped(value) || !Array.isArray(value.tiers)) return [];
  const steps: readonly unknown[] = value.tiers;
  return steps.filter(isStep).sort((left, right) => left.start - right.start);
}

const isStep = (value: unknown): value is Step =>
  typeof value === 'object' &&
  value !== null &&
  'start' in value &&
  'price' in value &&
  typeof value.start === 'number' &&
  amount(value.price) !== null;

/** The sum of what an answer cost, in whole pico-dollars. Pure. */
import type {
  AttemptCost,
  CostLine,
  CostNote,
  CostPart,
  FrozenPrice,
  RequestCost,
} from '../../contract/log/cost.ts';
import type { TokenCounts } from '../../contract/log/row.ts';
import { picoOf } from './money.ts';
import { frozenPrice, type PriceSheet } from './price-sheet.ts';
import type { UsageDetails } from './usage.ts';

/** A price in dollars per million tokens is this many pico-dollars per token. */
const PER_TOKEN = 1e6;
/** Factors are taken in steps of a thousandth. */
const FACTOR = 1_000;

/** For one attempt. More is a slip: the log holds whole numbers, and a budget must not be spent by one. */
const MOST_DOLLARS = 1e6;

/** Tiers of service that cost what the price row says. */
const USUAL: ReadonlySet<string> = new Set(['default', 'standard', 'auto', 'on_demand', '']);
/** Prices that a tier of service does not change. */
const FIXED: ReadonlySet<CostPart> = new Set<CostPart>(['web-search', 'request']);

export interface Counted {
  /** Null: nobody counted. */
  readonly tokens: TokenCounts | null;
  readonly details: UsageDetails | undefined;
  /** US dollars, as the provider itself says. */
  readonly reported: number | undefined;
  /** Unix ms of its end. */
  readonly at: number;
}

/** @param sheet null where no price is known: nothing is guessed then */
export function attemptCost(
  { tokens, details = {}, reported, at }: Counted,
  sheet: PriceSheet | null,
): AttemptCost {
  const said = reported === undefined || reported > MOST_DOLLARS ? null : Number(picoOf(reported));
  const { factor, unknown } = factorFor(details, sheet);
  const notes: readonly CostNote[] = [
    ...(tokens === null ? [{ code: 'no-counts' } as const] : []),
    ...unknown.map((tier) => ({ code: 'service-tier', detail: tier.slice(0, 40) }) as const),
  ];
  const noted = notes.length === 0 ? {} : { notes };
  if (sheet === null) return { pico: null, price: null, lines: [], reported: said, ...noted };
  const prompt = details.longestPrompt ?? tokens?.input ?? 0;
  const price = frozenPrice(sheet, at, prompt, factor);
  if (sheet.source === 'free') return { pico: 0, price, lines: [], reported: said };
  if (tokens === null) return { pico: null, price, lines: [], reported: said, ...noted };
  return { ...sumUp(tokens, details, price), reported: said, ...noted };
}

/** What the ways it was served in cost together, times the usual price, and those whose price nobody knows. */
function factorFor(
  { serviceTier, surcharges = [] }: UsageDetails,
  sheet: PriceSheet | null,
): { readonly factor: number; readonly unknown: readonly string[] } {
  if (sheet?.source === 'free') return { factor: 1, unknown: [] };
  const ways = [serviceTier ?? '', ...surcharges].filter((way) => !USUAL.has(way));
  const product = ways.reduce((factor, way) => factor * (factorOf(sheet, way) ?? 1), 1);
  return {
    factor: Math.round(product * FACTOR) / FACTOR,
    unknown: ways.filter((way) => factorOf(sheet, way) === undefined),
  };
}

function factorOf(sheet: PriceSheet | null, tier: string): number | undefined {
  return sheet !== null && Object.hasOwn(sheet.factors, tier) ? sheet.factors[tier] : undefined;
}

/** A sum as it grows; `total` is null once a price that is needed is not known. */
interface Sum {
  total: bigint | number | null;
  readonly lines: CostLine[];
  readonly factor: number;
}

/** Parts with a price of their own are taken out of what they are part of, so that nothing is counted twice. */
function sumUp(
  tokens: TokenCounts,
  details: UsageDetails,
  price: FrozenPrice,
): Pick<AttemptCost, 'pico' | 'price' | 'lines'> {
  const { input, cacheRead, cacheWrite, output } = tokens;
  const fresh = Math.max(0, input - cacheRead - cacheWrite);
  const heard = Math.max(0, (details.audioInput ?? 0) - (details.audioCacheRead ?? 0));
  const audio = own(price.audioInput, heard, fresh);
  const image = own(price.imageInput, details.imageInput, fresh - audio);
  const audioRead = own(price.audioCacheRead, details.audioCacheRead, cacheRead);
  const hour = own(price.cacheWriteHour, details.cacheWriteHour, cacheWrite);
  const reasoning = own(price.reasoning, tokens.reasoning, output);
  const spoken = own(price.audioOutput, details.audioOutput, output - reasoning);
  const drawn = own(price.imageOutput, details.imageOutput, output - reasoning - spoken);
  const sum: Sum = { total: 0, lines: [], factor: Math.round(price.factor * FACTOR) };
  add(sum, 'input', fresh - audio - image, price.input);
  add(sum, 'audio-input', audio, price.audioInput);
  add(sum, 'image-input', image, price.imageInput);
  add(sum, 'cache-read', cacheRead - audioRead, price.cacheRead ?? price.input);
  add(sum, 'audio-cache-read', audioRead, price.audioCacheRead);
  add(sum, 'cache-write', cacheWrite - hour, price.cacheWrite ?? price.input);
  add(sum, 'cache-write-hour', hour, price.cacheWriteHour);
  add(sum, 'output', output - reasoning - spoken - drawn, price.output);
  add(sum, 'reasoning', reasoning, price.reasoning);
  add(sum, 'audio-output', spoken, price.audioOutput);
  add(sum, 'image-output', drawn, price.imageOutput);
  add(sum, 'web-search', own(price.webSearch, details.webSearches, Infinity), price.webSearch);
  add(sum, 'request', own(price.request, 1, 1), price.request);
  return { pico: sum.total === null ? null : plausible(Number(sum.total)), price, lines: sum.lines };
}

/** Not known rather than absurd. */
function plausible(pico: number): number | null {
  return pico <= MOST_DOLLARS * 1e12 ? pico : null;
}

/** How much of a part is priced apart: nothing where it has no price of its own. */
function own(rate: number | null | undefined, count: number | undefined, within: number): number {
  return rate === null || rate === undefined ? 0 : Math.min(count ?? 0, Math.max(0, within));
}

function add(sum: Sum, what: CostPart, count: number, dollars: number | null | undefined): void {
  if (count === 0) return;
  if (dollars === null || dollars === undefined) {
    sum.total = null;
    return;
  }
  const factor = FIXED.has(what) ? FACTOR : sum.factor;
  const pico = product(count, Math.round(dollars * PER_TOKEN), factor);
  const rate = factor === FACTOR ? dollars : Number(((dollars * factor) / FACTOR).toFixed(9));
  sum.lines.push({ what, tokens: count, rate, pico: Number(pico) });
  if (sum.total === null) return;
  sum.total =
    typeof sum.total === 'number' && typeof pico === 'number' && Number.isSafeInteger(sum.total + pico)
      ? sum.total + pico
      : BigInt(sum.total) + BigInt(pico);
}

/** Exact: whole numbers as long as they are safe, which only requests of thousands of dollars are not. */
function product(count: number, perToken: number, factor: number): bigint | number {
  const plain = count * perToken;
  if (factor === FACTOR && Number.isSafeInteger(plain)) return plain;
  return (BigInt(count) * BigInt(perToken) * BigInt(factor)) / BigInt(FACTOR);
}

/** What a request cost altogether; null where any of it is not known. */
export const costOf = ({ earlier = [], ...served }: RequestCost): number | null =>
  sumOf([...earlier, served]);

/** The same for some attempts, the provider's own figure before ours. */
export function sumOf(attempts: readonly AttemptCost[]): number | null {
  let total = 0;
  for (const { pico, reported } of attempts) {
    const one = reported ?? pico;
    if (one === null) return null;
    total += one;
  }
  return total;
}

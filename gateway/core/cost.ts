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
const FACTOR = 1_000n;

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
  const said = reported === undefined ? null : Number(picoOf(reported));
  const { serviceTier: tier = '' } = details;
  const known = sheet?.source === 'free' || USUAL.has(tier) ? 1 : factorOf(sheet, tier);
  const notes: readonly CostNote[] = [
    ...(tokens === null ? [{ code: 'no-counts' } as const] : []),
    ...(known === undefined ? [{ code: 'service-tier', detail: tier.slice(0, 40) } as const] : []),
  ];
  const noted = notes.length === 0 ? {} : { notes };
  if (sheet === null) return { pico: null, price: null, lines: [], reported: said, ...noted };
  const price = frozenPrice(sheet, at, tokens?.input ?? 0, known ?? 1);
  if (sheet.source === 'free') return { pico: 0, price, lines: [], reported: said };
  if (tokens === null) return { pico: null, price, lines: [], reported: said, ...noted };
  return { ...sum(partsOf(tokens, details, price), price), reported: said, ...noted };
}

function factorOf(sheet: PriceSheet | null, tier: string): number | undefined {
  return sheet !== null && Object.hasOwn(sheet.factors, tier) ? sheet.factors[tier] : undefined;
}

type Part = readonly [what: CostPart, count: number, dollars: number | null];

/** Parts with a price of their own are taken out of what they are part of, so that nothing is counted twice. */
function partsOf(tokens: TokenCounts, details: UsageDetails, price: FrozenPrice): readonly Part[] {
  const own = (rate: number | null | undefined, count: number | undefined, within: number): number =>
    rate === null || rate === undefined ? 0 : Math.min(count ?? 0, Math.max(0, within));
  const { input, cacheRead, cacheWrite, output } = tokens;
  const fresh = Math.max(0, input - cacheRead - cacheWrite);
  const audioRead = own(price.audioCacheRead, details.audioCacheRead, cacheRead);
  const audioHeard = (details.audioInput ?? 0) - (details.audioCacheRead ?? 0);
  const audio = own(price.audioInput, Math.max(0, audioHeard), fresh);
  const image = own(price.imageInput, details.imageInput, fresh - audio);
  const hour = own(price.cacheWriteHour, details.cacheWriteHour, cacheWrite);
  const reasoning = own(price.reasoning, tokens.reasoning, output);
  const spoken = own(price.audioOutput, details.audioOutput, output - reasoning);
  const drawn = own(price.imageOutput, details.imageOutput, output - reasoning - spoken);
  return [
    ['input', fresh - audio - image, price.input],
    ['audio-input', audio, price.audioInput ?? null],
    ['image-input', image, price.imageInput ?? null],
    ['cache-read', cacheRead - audioRead, price.cacheRead ?? price.input],
    ['audio-cache-read', audioRead, price.audioCacheRead ?? null],
    ['cache-write', cacheWrite - hour, price.cacheWrite ?? price.input],
    ['cache-write-hour', hour, price.cacheWriteHour ?? null],
    ['output', output - reasoning - spoken - drawn, price.output],
    ['reasoning', reasoning, price.reasoning ?? null],
    ['audio-output', spoken, price.audioOutput ?? null],
    ['image-output', drawn, price.imageOutput ?? null],
    ['web-search', own(price.webSearch, details.webSearches, Infinity), price.webSearch ?? null],
    ['request', own(price.request, 1, 1), price.request ?? null],
  ];
}

function sum(parts: readonly Part[], price: FrozenPrice): Pick<AttemptCost, 'pico' | 'price' | 'lines'> {
  const lines: CostLine[] = [];
  let total: bigint | null = 0n;
  for (const [what, count, dollars] of parts) {
    if (count === 0) continue;
    if (dollars === null) {
      total = null;
      continue;
    }
    const factor = FIXED.has(what) ? FACTOR : BigInt(Math.round(price.factor * Number(FACTOR)));
    const pico: bigint = (BigInt(count) * BigInt(Math.round(dollars * PER_TOKEN)) * factor) / FACTOR;
    const rate = Number(((dollars * Number(factor)) / Number(FACTOR)).toFixed(9));
    lines.push({ what, tokens: count, rate, pico: Number(pico) });
    if (total !== null) total += pico;
  }
  return { pico: total === null ? null : Number(total), price, lines };
}

/** What a request cost altogether, the provider's own figure before ours; null where any of it is not known. */
export function costOf({ earlier = [], ...served }: RequestCost): number | null {
  let total = 0;
  for (const { pico, reported } of [...earlier, served]) {
    const one = reported ?? pico;
    if (one === null) return null;
    total += one;
  }
  return total;
}

/** What one model costs at one provider, at any time and for any length of prompt. Pure. */
import type { FrozenPrice, PriceRates, PriceSource, PriceTier } from '../../contract/log/cost.ts';
import type { ModelPrice } from '../../contract/rpc/procedures/models.ts';

/** When prices hold: from a moment on (Unix ms), or between two seconds of each day in UTC. */
export type PriceTime =
  | { readonly kind: 'since'; readonly from: number }
  /** Over midnight where the second is before the first, which counts in; the second does not. */
  | { readonly kind: 'daily'; readonly from: number; readonly until: number };

export interface PricePeriod {
  readonly when: PriceTime | null;
  readonly base: PriceRates;
  /** Rising; each is whole. */
  readonly tiers: readonly PriceTier[];
}

export interface PriceSheet {
  readonly source: PriceSource;
  readonly asOf: string | null;
  readonly name: string;
  /** The last one whose time has come holds, else the first. */
  readonly periods: readonly [PricePeriod, ...PricePeriod[]];
  /** What tiers of service cost, times the usual price. */
  readonly factors: Readonly<Record<string, number>>;
}

const DAY = 86_400;

/** @param wall Unix ms */
export function periodAt({ periods }: PriceSheet, wall: number): PricePeriod {
  return periods.findLast(({ when }) => when === null || holds(when, wall)) ?? periods[0];
}

function holds(when: PriceTime, wall: number): boolean {
  if (when.kind === 'since') return wall >= when.from;
  const second = (wall / 1_000) % DAY;
  return when.until < when.from
    ? second >= when.from || second < when.until
    : second >= when.from && second < when.until;
}

/** @param prompt tokens of the prompt, cached ones included */
export function tierFor({ tiers }: PricePeriod, prompt: number): PriceTier | undefined {
  return tiers.findLast(({ fromTokens }) => prompt >= fromTokens);
}

/** The row to keep with a request. */
export function frozenPrice(sheet: PriceSheet, wall: number, prompt: number, factor: number): FrozenPrice {
  const period = periodAt(sheet, wall);
  const tier = tierFor(period, prompt);
  const { source, asOf, name } = sheet;
  return { ...(tier ?? period.base), source, asOf, name, fromTokens: tier?.fromTokens ?? null, factor };
}

/** As lists show it: what holds now. */
export function listedPrice(sheet: PriceSheet, wall: number): ModelPrice {
  const { base, tiers } = periodAt(sheet, wall);
  return { ...base, source: sheet.source, tiered: tiers.length > 0, ...(tiers.length > 0 ? { tiers } : {}) };
}

/** @param asOf day of the list it comes from */
export function sheetOf(price: ModelPrice, name: string, asOf: string | null): PriceSheet {
  const { source, tiered, tiers = [], ...base } = price;
  return { source, asOf, name, periods: [{ when: null, base, tiers: tiered ? tiers : [] }], factors: {} };
}

const NOTHING: PriceRates = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };

/** What runs on the user's own machine or network. */
export const FREE: PriceSheet = {
  source: 'free',
  asOf: null,
  name: 'free',
  periods: [{ when: null, base: NOTHING, tiers: [] }],
  factors: {},
};

/** What a request cost, and the sum as it was done: frozen with the row, whatever prices become later. */

/** Prices in US dollars for one million tokens; null: not known. What is absent is priced like the rest of its kind. */
export interface PriceRates {
  readonly input: number | null;
  readonly output: number | null;
  readonly cacheRead: number | null;
  readonly cacheWrite: number | null;
  /** Where reasoning costs other than what else is written. */
  readonly reasoning?: number | null | undefined;
  /** Writing into a cache that lasts an hour. */
  readonly cacheWriteHour?: number | null | undefined;
  /** Where sound costs other than text: heard, heard from the cache, spoken. */
  readonly audioInput?: number | null | undefined;
  readonly audioCacheRead?: number | null | undefined;
  readonly audioOutput?: number | null | undefined;
  /** Where pictures cost other than text. */
  readonly imageInput?: number | null | undefined;
  readonly imageOutput?: number | null | undefined;
  /** For one million searches of the provider's own web search. */
  readonly webSearch?: number | null | undefined;
  /** For one million requests, whatever their length. */
  readonly request?: number | null | undefined;
}

/** Prices of longer prompts: they hold for all tokens of a request whose prompt has at least so many. */
export interface PriceTier extends PriceRates {
  readonly fromTokens: number;
}

/** `free`: it runs on the user's own machine, or is the demo. */
export type PriceSource = 'catalogue' | 'provider' | 'override' | 'free';

/** The price row that was used. */
export interface FrozenPrice extends PriceRates {
  readonly source: PriceSource;
  /** Day of that source, `2026-09-23`; null for what the user wrote down. */
  readonly asOf: string | null;
  /** Name of the row in its source. */
  readonly name: string;
  /** Tokens of prompt from which the prices above hold; null where they always do. */
  readonly fromTokens: number | null;
  /** Times what it costs at once, e.g. 0.5 of a batch or `flex`; 1 elsewhere. */
  readonly factor: number;
}

export const COST_PARTS = [
  'input',
  'audio-input',
  'image-input',
  'cache-read',
  'audio-cache-read',
  'cache-write',
  'cache-write-hour',
  'output',
  'reasoning',
  'audio-output',
  'image-output',
  'web-search',
  'request',
] as const;
export type CostPart = (typeof COST_PARTS)[number];

/** One line of the sum. */
export interface CostLine {
  readonly what: CostPart;
  /** Of a web search or a request: how many. */
  readonly tokens: number;
  /** US dollars for one million tokens, the factor of the price already in it. */
  readonly rate: number;
  /** Pico-dollars. */
  readonly pico: number;
}

/**
 * What else is to be known of a sum.
 * - `cached`: answered from the cache of answers, so nothing was asked of a provider
 * - `no-counts`: nobody knows how many tokens it was
 * - `service-tier`: it was served in a tier (`detail`) whose price the source does not tell; the usual one was taken
 */
export interface CostNote {
  readonly code: 'cached' | 'no-counts' | 'service-tier';
  readonly detail?: string | undefined;
}

export interface AttemptCost {
  /** Pico-dollars by the price row; null where a price that is needed is not known. */
  readonly pico: number | null;
  readonly price: FrozenPrice | null;
  readonly lines: readonly CostLine[];
  /** Pico-dollars the provider itself said; null where it says nothing. */
  readonly reported: number | null;
  readonly notes?: readonly CostNote[] | undefined;
}

/** Of the attempt that served; the cost of the row is this and `earlier` together. */
export interface RequestCost extends AttemptCost {
  /** Attempts before it that failed and had been counted all the same. */
  readonly earlier?:
    readonly (AttemptCost & { readonly provider: string; readonly model: string })[] | undefined;
}

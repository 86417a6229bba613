/** What a request cost, and the sum as it was done: frozen with the row, whatever prices become later. */

/** Prices in US dollars for one million tokens; null: not known. */
export interface PriceRates {
  readonly input: number | null;
  readonly output: number | null;
  readonly cacheRead: number | null;
  readonly cacheWrite: number | null;
  /** Where reasoning costs other than what else is written. */
  readonly reasoning?: number | null | undefined;
  /** Writing into a cache that lasts an hour. */
  readonly cacheWriteHour?: number | null | undefined;
}

/** The price row that was used. */
export interface FrozenPrice extends PriceRates {
  readonly source: 'catalogue' | 'provider' | 'override' | 'free';
  /** Day of that source, `2026-09-23`; null for what the user wrote down. */
  readonly asOf: string | null;
  /** Name of the row in its source. */
  readonly name: string;
  /** Tokens of prompt from which the prices above hold; null where they always do. */
  readonly fromTokens: number | null;
  /** Times what it costs at once, e.g. 0.5 of a batch or `flex`; 1 elsewhere. */
  readonly factor: number;
}

/** One line of the sum. */
export interface CostLine {
  readonly what: 'input' | 'cache-read' | 'cache-write' | 'cache-write-hour' | 'output' | 'reasoning';
  readonly tokens: number;
  /** US dollars for one million tokens. */
  readonly rate: number;
  /** Pico-dollars. */
  readonly pico: number;
}

export interface RequestCost {
  /** Pico-dollars by the price row; null where a price that is needed is not known. */
  readonly pico: number | null;
  readonly price: FrozenPrice | null;
  readonly lines: readonly CostLine[];
  /** Pico-dollars the provider itself said; null where it says nothing. */
  readonly reported: number | null;
}

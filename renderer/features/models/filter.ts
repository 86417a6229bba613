/** What the list is narrowed to and how it is sorted: kept in the address, so that a link shows the same rows. */
import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import {
  MODEL_CAPABILITIES as CAPABILITIES,
  MODEL_OUTPUTS as OUTPUTS,
  type ModelCapability,
  type ModelOutput,
} from '../../../contract/rpc/model-fields.ts';

export { CAPABILITIES, OUTPUTS };

/** What holds of a model or does not. */
export const FLAGS = ['usable', 'favourite', 'local', 'corrected', 'measured'] as const;
export type Flag = (typeof FLAGS)[number];

/** Smallest context, tokens. */
export const CONTEXTS = [128_000, 400_000, 1_000_000] as const;

/** Bands of the input price, US dollars per million tokens; `free` holds local models too. */
export const PRICE_BANDS = ['free', 'low', 'middle', 'high'] as const;
export type PriceBand = (typeof PRICE_BANDS)[number];

export const SORT_COLUMNS = [
  'model',
  'provider',
  'context',
  'output',
  'priceIn',
  'priceOut',
  'priceCache',
  'first',
  'released',
] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];

export interface Sort {
  readonly column: SortColumn;
  readonly descending: boolean;
}

export interface ModelFilter {
  /** Words that id, name, provider or alias must hold. */
  readonly text: string;
  /** Ids of providers, any of which will do; empty for all. */
  readonly providers: readonly string[];
  /** All of them are needed. */
  readonly capabilities: readonly ModelCapability[];
  /** Tokens; 0 for any. */
  readonly context: number;
  /** Any of them will do; empty for all. */
  readonly prices: readonly PriceBand[];
  /** What answers can be; all of them are needed. */
  readonly outputs: readonly ModelOutput[];
  /** All of them are needed. */
  readonly flags: readonly Flag[];
}

export const NO_FILTER: ModelFilter = {
  text: '',
  providers: [],
  capabilities: [],
  context: 0,
  prices: [],
  outputs: [],
  flags: [],
};

/** @param query of the address; what is not understood counts as absent */
export function readFilter(query: LocationQuery): ModelFilter {
  const list = (name: string): readonly string[] =>
    textOf(query, name)
      .split(',')
      .filter((part) => part !== '');
  return {
    text: textOf(query, 'q').slice(0, 200),
    providers: list('provider').slice(0, 100),
    capabilities: CAPABILITIES.filter((name) => list('can').includes(name)),
    context: CONTEXTS.find((tokens) => String(tokens) === textOf(query, 'context')) ?? 0,
    prices: PRICE_BANDS.filter((band) => list('price').includes(band)),
    outputs: OUTPUTS.filter((name) => list('gives').includes(name)),
    flags: FLAGS.filter((name) => list('is').includes(name)),
  };
}

/** `sort=priceIn`, or `sort=-priceIn` for the largest first. @returns null for the providers' own order */
export function readSort(query: LocationQuery): Sort | null {
  const text = textOf(query, 'sort');
  const column = SORT_COLUMNS.find((name) => name === text.replace(/^-/, ''));
  return column === undefined ? null : { column, descending: text.startsWith('-') };
}

export function writeQuery(filter: ModelFilter, sort: Sort | null): LocationQueryRaw {
  const { text, providers, capabilities, context, prices, outputs, flags } = filter;
  return {
    ...(text === '' ? {} : { q: text }),
    ...(providers.length === 0 ? {} : { provider: providers.join(',') }),
    ...(capabilities.length === 0 ? {} : { can: capabilities.join(',') }),
    ...(context === 0 ? {} : { context: String(context) }),
    ...(prices.length === 0 ? {} : { price: prices.join(',') }),
    ...(outputs.length === 0 ? {} : { gives: outputs.join(',') }),
    ...(flags.length === 0 ? {} : { is: flags.join(',') }),
    ...(sort === null ? {} : { sort: (sort.descending ? '-' : '') + sort.column }),
  };
}

/** How many conditions narrow the list. */
export function conditionCount(filter: ModelFilter): number {
  const { text, providers, capabilities, context, prices, outputs, flags } = filter;
  const single = Number(text.trim() !== '') + Number(context > 0);
  return (
    single + [providers, capabilities, prices, outputs, flags].reduce((sum, list) => sum + list.length, 0)
  );
}

/** The list with the value added, or taken out where it was in. */
export function toggled<T>(list: readonly T[], value: T): readonly T[] {
  return list.includes(value) ? list.filter((one) => one !== value) : [...list, value];
}

function textOf(query: LocationQuery, name: string): string {
  const value = query[name];
  return typeof value === 'string' ? value : '';
}

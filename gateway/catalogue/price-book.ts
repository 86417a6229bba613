/** The genai-prices catalogue: finds the provider behind an address, and the price sheet of a model. Pure. */
import type { PricePeriod, PriceSheet, PriceTime } from '../core/price-sheet.ts';
import { createNameTest, type NameTest } from './name-test.ts';
import type { BookConstraint, BookModel, BookPrices, BookProvider } from './price-data.ts';
import { ratesOf, type PriceRow } from './price-row.ts';

export interface PriceBook {
  /** Day of the data, `2026-09-23`. */
  readonly asOf: string;
  /** Models it prices. */
  readonly count: number;
  /** The catalogue's name of the provider with this address. */
  readonly providerAt: (address: string) => string | undefined;
  readonly find: (provider: string, model: string) => BookEntry | undefined;
}

export interface BookEntry {
  /** Name for people. */
  readonly name: string | null;
  readonly contextTokens: number | null;
  readonly sheet: PriceSheet | null;
}

/**
 * What tiers of service cost times the usual price, where a provider has one for all its models: half for what may
 * take its time (flex and batch of OpenAI and Google, Anthropic's batch), and Google's priority; checked against
 * litellm's list. What `priority` costs elsewhere differs from model to model, and no source at hand tells it.
 */
const FACTORS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  openai: { flex: 0.5, batch: 0.5 },
  azure: { batch: 0.5 },
  anthropic: { batch: 0.5, us: 1.1 },
  google: { flex: 0.5, batch: 0.5, priority: 1.8 },
};

/**
 * What Anthropic's fast mode costs times the usual price, by model. Source: litellm's list; of later models nobody tells
 * it yet.
 */
const FAST: Readonly<Record<string, number>> = {
  'claude-opus-4-6': 6,
  'claude-opus-4-7': 6,
  'claude-opus-4-8': 2,
  'claude-opus-5': 2,
};

/** @param trusted expressions that may be run as they are; others only where they cannot take long */
export function openPriceBook(
  providers: readonly BookProvider[],
  asOf: string,
  trusted: ReadonlySet<string>,
): PriceBook {
  const test = createNameTest(trusted);
  const byId = new Map(providers.map((provider) => [provider.id, provider]));

  const inProvider = (provider: BookProvider, name: string): BookModel | undefined => {
    const own = provider.models.find(({ match }) => test.matches(match, name));
    if (own !== undefined) return own;
    for (const id of provider.fallback_model_providers ?? []) {
      const found = byId.get(id)?.models.find(({ match }) => test.matches(match, name));
      if (found !== undefined) return found;
    }
    return undefined;
  };

  return {
    asOf,
    count: providers.reduce((sum, { models }) => sum + models.length, 0),
    providerAt: (address) => providers.find((provider) => isAt(provider, address, test))?.id,
    find(id, model) {
      const provider = byId.get(id);
      if (provider === undefined) return undefined;
      const name = model.toLowerCase().trim();
      const dashed = withDashedDate(name);
      const found =
        inProvider(provider, name) ?? (dashed === name ? undefined : inProvider(provider, dashed));
      return found === undefined ? undefined : entryOf(provider, found, asOf);
    },
  };
}

const isAt = ({ api_pattern: pattern }: BookProvider, address: string, test: NameTest): boolean =>
  test.expression(`^(?:${pattern})`, address);

function entryOf({ id }: BookProvider, model: BookModel, asOf: string): BookEntry {
  return {
    name: model.name ?? null,
    contextTokens: model.context_window ?? null,
    sheet: sheetOf(`${id}/${model.id}`, model.prices, asOf, factorsOf(id, model.id)),
  };
}

function factorsOf(provider: string, model: string): Readonly<Record<string, number>> {
  const fast = provider === 'anthropic' && Object.hasOwn(FAST, model) ? FAST[model] : undefined;
  return { ...FACTORS[provider], ...(fast === undefined ? {} : { fast }) };
}

function sheetOf(
  name: string,
  prices: BookPrices,
  asOf: string,
  factors: Readonly<Record<string, number>>,
): PriceSheet | null {
  const rows: readonly TimedRow[] = isList(prices) ? prices : [{ prices }];
  const periods = rows.flatMap(({ prices: row, constraint }): readonly PricePeriod[] => {
    const rates = ratesOf(row);
    return rates === null ? [] : [{ ...rates, when: timeOf(constraint) }];
  });
  const [first, ...others] = periods;
  return first === undefined
    ? null
    : { source: 'catalogue', asOf, name, periods: [first, ...others], factors };
}

interface TimedRow {
  readonly constraint?: BookConstraint | undefined;
  readonly prices: PriceRow;
}

const isList = (prices: BookPrices): prices is readonly TimedRow[] => Array.isArray(prices);

function timeOf(constraint: BookConstraint | undefined): PriceTime | null {
  if (constraint === undefined) return null;
  return 'start_date' in constraint
    ? { kind: 'since', from: Date.parse(constraint.start_date) }
    : { kind: 'daily', from: secondOf(constraint.start_time), until: secondOf(constraint.end_time) };
}

/** `16:30:00Z` or `18:30:00+02:00`: its second of the day in UTC. */
function secondOf(time: string): number {
  return (Date.parse(`1970-01-02T${time}`) / 1_000) % 86_400;
}

/** `gpt-5-20260807` is `gpt-5-2026-08-07`. */
function withDashedDate(name: string): string {
  return name.replaceAll(/-(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=-|:|$)/g, '-$1-$2-$3');
}

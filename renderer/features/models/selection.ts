/** Which models a filter lets through, how many each choice would, and in which order they stand. Pure. */
import type { ModelCapability, ModelOutput } from '../../../contract/rpc/procedures/models.ts';
import { CAPABILITIES, CONTEXTS, FLAGS, OUTPUTS, PRICE_BANDS } from './filter.ts';
import type { Flag, ModelFilter, PriceBand } from './filter.ts';
import type { ModelRow } from './rows.ts';
import { wordsOf } from './search.ts';

/** @returns null where the price is not known */
export function priceBand({ local, price }: ModelRow): PriceBand | null {
  if (local) return 'free';
  const input = price?.input ?? null;
  if (input === null) return null;
  if (input === 0) return 'free';
  return input < 0.5 ? 'low' : input <= 3 ? 'middle' : 'high';
}

type Condition = (row: ModelRow) => boolean;

/** One condition for each part of the filter that narrows. */
function conditionsOf(filter: ModelFilter): ReadonlyMap<keyof ModelFilter, Condition> {
  const conditions = new Map<keyof ModelFilter, Condition>();
  const words = wordsOf(filter.text);
  if (words.length > 0)
    conditions.set('text', ({ haystack }) => words.every((word) => haystack.includes(word)));
  if (filter.providers.length > 0) {
    const wanted = new Set(filter.providers);
    conditions.set('providers', ({ provider }) => wanted.has(provider));
  }
  if (filter.capabilities.length > 0) {
    conditions.set('capabilities', (row) => filter.capabilities.every((name) => hasCapability(row, name)));
  }
  if (filter.context > 0) conditions.set('context', (row) => (row.contextTokens ?? 0) >= filter.context);
  if (filter.prices.length > 0) {
    conditions.set('prices', (row) => {
      const band = priceBand(row);
      return band !== null && filter.prices.includes(band);
    });
  }
  if (filter.outputs.length > 0) {
    conditions.set('outputs', (row) => filter.outputs.every((name) => gives(row, name)));
  }
  if (filter.flags.length > 0) {
    conditions.set('flags', (row) => filter.flags.every((name) => HOLDS[name](row)));
  }
  return conditions;
}

const HOLDS: Readonly<Record<Flag, Condition>> = {
  usable: ({ usable }) => usable,
  favourite: ({ favourite }) => favourite,
  local: ({ local }) => local,
  corrected: ({ corrected }) => corrected !== undefined,
  measured: ({ measured }) => measured !== null,
};
const gives = ({ outputs }: ModelRow, name: ModelOutput): boolean => outputs?.includes(name) ?? false;

const hasCapability = (row: ModelRow, name: ModelCapability): boolean =>
  row.capabilities?.includes(name) ?? false;

export function matching(rows: readonly ModelRow[], filter: ModelFilter): readonly ModelRow[] {
  const conditions = [...conditionsOf(filter).values()];
  return conditions.length === 0 ? rows : rows.filter((row) => conditions.every((holds) => holds(row)));
}

/** How many rows each choice would show, the rest of the filter as it is. */
export interface FacetCounts {
  readonly providers: ReadonlyMap<string, number>;
  readonly capabilities: ReadonlyMap<ModelCapability, number>;
  readonly contexts: ReadonlyMap<number, number>;
  readonly prices: ReadonlyMap<PriceBand, number>;
  readonly outputs: ReadonlyMap<ModelOutput, number>;
  readonly flags: ReadonlyMap<Flag, number>;
}

export function facetCounts(rows: readonly ModelRow[], filter: ModelFilter): FacetCounts {
  const conditions = conditionsOf(filter);
  /** Choices of which any will do count as if none of them were made yet; those that add up, on top of them. */
  const without = (name: keyof ModelFilter): readonly ModelRow[] => {
    const others = [...conditions].filter(([other]) => other !== name).map(([, holds]) => holds);
    return rows.filter((row) => others.every((holds) => holds(row)));
  };
  const all = matching(rows, filter);
  const byProvider = without('providers');
  const byContext = without('context');
  const byPrice = without('prices');
  return {
    providers: tally(byProvider, ({ provider }) => provider),
    capabilities: new Map(
      CAPABILITIES.map((name) => [name, all.filter((row) => hasCapability(row, name)).length]),
    ),
    contexts: new Map(
      CONTEXTS.map((tokens) => [
        tokens,
        byContext.filter((row) => (row.contextTokens ?? 0) >= tokens).length,
      ]),
    ),
    prices: new Map(
      PRICE_BANDS.map((band) => [band, byPrice.filter((row) => priceBand(row) === band).length]),
    ),
    outputs: new Map(OUTPUTS.map((name) => [name, all.filter((row) => gives(row, name)).length])),
    flags: new Map(FLAGS.map((name) => [name, all.filter(HOLDS[name]).length])),
  };
}

function tally(rows: readonly ModelRow[], keyOf: (row: ModelRow) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  return counts;
}

/** Other providers' rows of what is by its name the same model; its own row first. */
export function sameModel(rows: readonly ModelRow[], row: ModelRow): readonly ModelRow[] {
  const wanted = bareName(row.model);
  const others = rows.filter(({ id, model }) => id !== row.id && bareName(model) === wanted);
  return [row, ...others];
}

/** `anthropic/claude-sonnet-4.5` and `claude-sonnet-4-5-20250929` are one model; `:free` is an offer of it. */
function bareName(model: string): string {
  const name = model.slice(model.lastIndexOf('/') + 1).toLowerCase();
  return name
    .replace(/:[\w-]+$/, '')
    .replace(/-(?:latest|\d{4}-\d{2}-\d{2}|\d{8})$/, '')
    .replaceAll('.', '-');
}

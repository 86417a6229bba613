/** In which order models stand. Pure. */
import type { Sort, SortColumn } from './filter.ts';
import type { ModelRow } from './rows.ts';
import { ranked } from './search.ts';

const VALUES: Readonly<Record<SortColumn, (row: ModelRow) => string | number | null>> = {
  model: ({ model }) => model,
  provider: ({ providerName }) => providerName,
  context: ({ contextTokens }) => contextTokens,
  output: ({ maxOutputTokens }) => maxOutputTokens,
  priceIn: ({ price }) => price?.input ?? null,
  priceOut: ({ price }) => price?.output ?? null,
  priceCache: ({ price }) => price?.cacheRead ?? null,
  first: ({ measured }) => measured?.firstContent ?? null,
  released: ({ releasedAt }) => releasedAt,
};

/** What is looked for first: the largest context, the newest model; of names, prices and times the smallest. */
const LARGEST_FIRST: ReadonlySet<SortColumn> = new Set(['context', 'output', 'released']);

export const firstOrder = (column: SortColumn): Sort => ({ column, descending: LARGEST_FIRST.has(column) });

/** What is not known stands last in either direction; equal rows keep their order. */
export function sorted(rows: readonly ModelRow[], sort: Sort | null): readonly ModelRow[] {
  if (sort === null) return rows;
  const valueOf = VALUES[sort.column];
  const sign = sort.descending ? -1 : 1;
  return rows.toSorted((left, right) => {
    const [a, b] = [valueOf(left), valueOf(right)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const order = typeof a === 'number' && typeof b === 'number' ? a - b : TEXT.compare(String(a), String(b));
    return sign * order;
  });
}

const TEXT = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The order that was asked for, else the best fits of what was typed, else the providers' own. */
export const ordered = (rows: readonly ModelRow[], sort: Sort | null, text: string): readonly ModelRow[] =>
  sort === null ? ranked(rows, text) : sorted(rows, sort);

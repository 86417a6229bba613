/** Up to four models side by side: what each says of the same thing, whether they differ, and who is best. Pure. */
import type { PriceRates } from '../../../contract/log/cost.ts';
import type { ModelPrice } from '../../../contract/rpc/procedures/models.ts';
import type { ModelRow } from './rows.ts';

export const MOST_COMPARED = 4;

/** An example of use, tokens. */
export interface Example {
  readonly input: number;
  readonly output: number;
}

export const FIGURE_LINES = [
  'priceIn',
  'priceOut',
  'cacheRead',
  'cacheWrite',
  'example',
  'context',
  'output',
  'first',
  'duration',
  'success',
  'requests',
] as const;
export type FigureName = (typeof FIGURE_LINES)[number];

/** What is looked for in a line; absent: neither is better. */
export type Best = 'lowest' | 'highest';

const BEST: Readonly<Partial<Record<FigureName, Best>>> = {
  priceIn: 'lowest',
  priceOut: 'lowest',
  cacheRead: 'lowest',
  cacheWrite: 'lowest',
  example: 'lowest',
  context: 'highest',
  output: 'highest',
  first: 'lowest',
  duration: 'lowest',
  success: 'highest',
};

export interface FigureLine {
  readonly name: FigureName;
  /** Of each model in its order; null: not known, or not measured. */
  readonly values: readonly (number | null)[];
  readonly differs: boolean;
  readonly best: Best | null;
  /** Which of them are best; none where all that are known are the same. */
  readonly winners: readonly boolean[];
}

export function figureLines(rows: readonly ModelRow[], example: Example): readonly FigureLine[] {
  return FIGURE_LINES.map((name) => {
    const values = rows.map((row) => figure(name, row, example));
    const known = values.filter((value) => value !== null);
    const best = BEST[name] ?? null;
    const top = best === 'lowest' ? Math.min(...known) : Math.max(...known);
    const telling = best !== null && new Set(known).size > 1;
    return {
      name,
      values,
      differs: isDifferent(values),
      best,
      winners: values.map((value) => telling && value === top),
    };
  });
}

/** True where they are not all the same; what is not known of one is a difference. */
export const isDifferent = (values: readonly (string | number | null)[]): boolean => new Set(values).size > 1;

function figure(name: FigureName, row: ModelRow, example: Example): number | null {
  const { price, measured } = row;
  switch (name) {
    case 'priceIn':
      return price?.input ?? null;
    case 'priceOut':
      return price?.output ?? null;
    case 'cacheRead':
      return price?.cacheRead ?? null;
    case 'cacheWrite':
      return price?.cacheWrite ?? null;
    case 'example':
      return row.local && price === null ? 0 : exampleCost(price, example);
    case 'context':
      return row.contextTokens;
    case 'output':
      return row.maxOutputTokens;
    case 'first':
      return measured?.firstContent ?? null;
    case 'duration':
      return measured?.duration ?? null;
    case 'success':
      return measured === null || measured.requests === 0 ? null : measured.succeeded / measured.requests;
    case 'requests':
      return measured?.requests ?? null;
  }
}

/**
 * US dollars of a request of this size, nothing of it from a cache; longer prompts at the prices of their tier.
 * @returns null where a price that is needed is not known
 */
export function exampleCost(price: ModelPrice | null, { input, output }: Example): number | null {
  if (price === null) return null;
  const rates: PriceRates = price.tiers?.findLast(({ fromTokens }) => input >= fromTokens) ?? price;
  const part = (tokens: number, rate: number | null): number | null =>
    tokens === 0 ? 0 : rate === null ? null : (tokens * rate) / 1_000_000;
  const [of, and] = [part(input, rates.input), part(output, rates.output)];
  return of === null || and === null ? null : of + and;
}

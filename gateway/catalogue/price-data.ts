/** The data of genai-prices: what is used of it, and the check of a file that came over the network. Pure. */
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import * as z from 'zod/mini';
import type { PriceRow } from './price-row.ts';

/** Conditions on a model's name. */
export type BookMatch =
  | { readonly or: readonly BookMatch[] }
  | { readonly and: readonly BookMatch[] }
  | { readonly equals: string }
  | { readonly starts_with: string }
  | { readonly ends_with: string }
  | { readonly contains: string }
  | { readonly regex: string };

/** A day, `2026-08-17`, from which on prices hold; or hours of each day, `16:30:00Z`. */
export type BookConstraint =
  { readonly start_date: string } | { readonly start_time: string; readonly end_time: string };

/** One row for ever, or several of which the last one that fits holds. */
export type BookPrices =
  | PriceRow
  | readonly {
      readonly constraint?: BookConstraint | undefined;
      readonly prices: PriceRow;
    }[];

export interface BookModel {
  readonly id: string;
  readonly name?: string | undefined;
  readonly match: BookMatch;
  readonly context_window?: number | undefined;
  readonly prices: BookPrices;
}

export interface BookProvider {
  readonly id: string;
  /** Expression for the beginning of its address. */
  readonly api_pattern: string;
  /** Providers whose models it serves too. */
  readonly fallback_model_providers?: readonly string[] | undefined;
  readonly models: readonly BookModel[];
}

/** Every expression in it. */
export function expressionsIn(providers: readonly BookProvider[]): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (match: BookMatch): void => {
    if ('regex' in match) found.add(match.regex);
    else if ('or' in match) match.or.forEach(walk);
    else if ('and' in match) match.and.forEach(walk);
  };
  for (const { api_pattern: pattern, models } of providers) {
    found.add(`^(?:${pattern})`);
    for (const { match } of models) walk(match);
  }
  return found;
}

/** Dollars for a million tokens, or for a thousand of something else: the dearest model so far costs 600. */
const amount = z.number().check(z.minimum(0), z.maximum(100_000));
const price = z.union([
  amount,
  z.object({
    base: amount,
    tiers: z
      .array(z.object({ start: z.int().check(z.minimum(0), z.maximum(1_000_000_000)), price: amount }))
      .check(z.maxLength(20)),
  }),
]);
const row = z.record(z.string().check(z.maxLength(100)), price);

const word = z.string().check(z.minLength(1), z.maxLength(300));
const match: z.ZodMiniType<BookMatch> = z.lazy(() =>
  z.union([
    z.strictObject({ or: z.array(match).check(z.maxLength(200)) }),
    z.strictObject({ and: z.array(match).check(z.maxLength(200)) }),
    z.strictObject({ equals: word }),
    z.strictObject({ starts_with: word }),
    z.strictObject({ ends_with: word }),
    z.strictObject({ contains: word }),
    z.strictObject({ regex: word }),
  ]),
);

const day = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}$/),
  z.refine((text) => Number.isFinite(Date.parse(text))),
);
const hour = z
  .string()
  .check(z.regex(/^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/));
const constraint = z.union([
  z.strictObject({ start_date: day, type: z.optional(z.literal('start_date')) }),
  z.strictObject({ start_time: hour, end_time: hour, type: z.optional(z.literal('time_of_date')) }),
]);

/** What is not used is left out; what is used has to be as it should. */
const providerSchema = z.object({
  id: word,
  api_pattern: word,
  fallback_model_providers: z.optional(z.array(word).check(z.maxLength(50))),
  models: z
    .array(
      z.object({
        id: word,
        name: z.optional(word),
        match,
        context_window: z.optional(z.int().check(z.minimum(1), z.maximum(1_000_000_000))),
        prices: z.union([
          z
            .array(z.object({ constraint: z.optional(constraint), prices: row }))
            .check(z.minLength(1), z.maxLength(50)),
          row,
        ]),
      }),
    )
    .check(z.maxLength(20_000)),
});
const dataSchema = z.array(providerSchema).check(z.minLength(1), z.maxLength(1_000));

/** Without these it is not the catalogue, whatever else it is. */
const EXPECTED = ['openai', 'anthropic', 'google', 'openrouter'];
/** A catalogue grows; one that lost so many models at once is a broken one. */
const LEAST_KEPT = 0.7;

export type ReadPriceData =
  | { readonly ok: true; readonly providers: readonly BookProvider[] }
  /** A sentence. */
  | { readonly ok: false; readonly problem: Told };

/** @param known models that the data in force has */
export function readPriceData(value: unknown, known: number): ReadPriceData {
  const read = parsed(value);
  if (read === undefined) return { ok: false, problem: remark('prices-deep') };
  if (!read.success) {
    const [issue] = read.error.issues;
    const where = issue?.path.map(String).join('.').slice(0, 200) ?? '';
    return {
      ok: false,
      problem: where === '' ? remark('prices-no-catalogue') : remark('prices-wrong', { where }),
    };
  }
  const providers = read.data;
  const ids = new Set(providers.map(({ id }) => id));
  const missing = EXPECTED.find((id) => !ids.has(id));
  if (missing !== undefined) return { ok: false, problem: remark('prices-missing', { names: missing }) };
  if (ids.size !== providers.length) return { ok: false, problem: remark('prices-twice') };
  const count = providers.reduce((sum, { models }) => sum + models.length, 0);
  if (count < known * LEAST_KEPT) {
    return { ok: false, problem: remark('prices-few', { found: count, known }) };
  }
  return { ok: true, providers };
}

/** Conditions lie in one another as deep as whoever wrote them liked. */
function parsed(value: unknown): ReturnType<typeof dataSchema.safeParse> | undefined {
  try {
    return dataSchema.safeParse(value);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Prices of the user's own: `prices:` of the configuration file, US dollars for one million tokens. */
import * as z from 'zod/mini';
import { SAID } from '../rpc/schema-sayings.ts';

const dollars = z.number().check(z.minimum(0), z.maximum(1_000_000));

const rates = {
  input: z.optional(dollars),
  output: z.optional(dollars),
  /** What comes from the cache; absent: like `input`. */
  cache_read: z.optional(dollars),
  /** What goes into the cache; absent: like `input`. */
  cache_write: z.optional(dollars),
  /** What goes into a cache that lasts an hour; absent: like `cache_write`. */
  cache_write_1h: z.optional(dollars),
  /** Absent: like `output`. */
  reasoning: z.optional(dollars),
};

const tierSchema = z.strictObject({
  /** Tokens of prompt above which it holds, for all tokens of the request. */
  above: z.int().check(z.minimum(1), z.maximum(1_000_000_000)),
  ...rates,
});

/** All of a price but the models it is for. */
export const priceFields = {
  ...rates,
  tiers: z._default(z.array(tierSchema).check(z.maxLength(20)), []),
};

export const priceSchema = z
  .strictObject({
    /** `provider/model`, with `*` for any characters. */
    model: z.string().check(z.minLength(1), z.maxLength(300)),
    ...priceFields,
  })
  .check(
    z.refine(({ input, output }) => input !== undefined || output !== undefined, {
      error: SAID.price.text,
    }),
  );

export type PriceConfig = z.output<typeof priceSchema>;

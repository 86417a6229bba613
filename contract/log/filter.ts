/**
 * What a list of requests can be narrowed to: words that stand in the bodies, and conditions on the columns.
 * All must hold. Within one condition any of its values will do; `not` turns the whole condition round.
 */
import * as z from 'zod/mini';
import { FLAG_FIELDS, RANGE_FIELDS, TEXT_FIELDS, type NAMED_FIELDS } from '../rpc/log-fields.ts';
import { SAID } from '../rpc/schema-sayings.ts';

export type NamedField = (typeof NAMED_FIELDS)[number];

/** Names that stand in a column, those with the most requests first. */
export interface NamedValues {
  readonly values: readonly {
    readonly name: string;
    /** Counted up to 100,000; of models in that of the two columns where the name stands more often. */
    readonly requests: number;
  }[];
  /** False where there are more of them. */
  readonly complete: boolean;
}

export type TextField = (typeof TEXT_FIELDS)[number];
export type RangeField = (typeof RANGE_FIELDS)[number];
export type FlagField = (typeof FLAG_FIELDS)[number];

/** Each is looked up in the whole index. */
const MOST_TERMS = 20;
const TERM = /"[^"]*"?|[^\s"]+/g;

const not = z.optional(z.boolean());
const finite = z.number().check(z.refine((value) => Number.isFinite(value), { error: SAID.number.text }));

const conditionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    field: z.enum(TEXT_FIELDS),
    not,
    values: z
      .array(z.string().check(z.minLength(1), z.maxLength(200)))
      .check(z.minLength(1), z.maxLength(100)),
  }),
  z
    .strictObject({
      kind: z.literal('range'),
      field: z.enum(RANGE_FIELDS),
      not,
      /** At least one of the two. */
      least: z.optional(finite),
      most: z.optional(finite),
    })
    .check(
      z.refine(({ least, most }) => least !== undefined || most !== undefined, {
        error: 'a range needs `least`, `most` or both',
        path: ['least'],
      }),
      z.refine(({ least, most }) => least === undefined || most === undefined || least <= most, {
        error: 'no number is that large and that small: `most` is below `least`',
        path: ['most'],
      }),
    ),
  z.strictObject({ kind: z.literal('flag'), field: z.enum(FLAG_FIELDS), not }),
]);

export const requestFilterSchema = z.strictObject({
  /**
   * Words of messages and answers; all of them must stand in the request or its answer. "In quotes": one after
   * the other; `-word`: must not stand there. Chinese, Japanese and Korean need no spaces.
   */
  words: z.optional(
    z.string().check(
      z.maxLength(500),
      z.refine((words) => (words.match(TERM)?.length ?? 0) <= MOST_TERMS, {
        error: SAID.terms.text,
      }),
    ),
  ),
  /** `words` may also be a part of method and address, as in `GET /v1/models`. */
  address: z.optional(z.boolean()),
  where: z.optional(z.array(conditionSchema).check(z.maxLength(40))),
});

export type Condition = z.output<typeof conditionSchema>;
export type RequestFilter = z.output<typeof requestFilterSchema>;

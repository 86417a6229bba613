/** What users know better than lists and catalogues: `corrections:` and `favourites:` of the configuration file. */
import * as z from 'zod/mini';
import { MODEL_CAPABILITIES } from '../rpc/model-fields.ts';
import { SAID } from '../rpc/schema-sayings.ts';

/** Limits of the lists, entries. */
export const MOST_CORRECTIONS = 1_000;
export const MOST_FAVOURITES = 500;

/** `provider/model`; a provider's own name for it may hold more slashes. */
export const modelId = z
  .string()
  .check(z.minLength(3), z.maxLength(300), z.regex(/^[^/]+\/./, SAID.modelId.text));

export const correctionTokens = z.int().check(z.minimum(1), z.maximum(1_000_000_000));
export const correctionName = z.string().check(z.minLength(1), z.maxLength(200));
export const correctionCapabilities = z
  .array(z.enum(MODEL_CAPABILITIES))
  .check(z.maxLength(MODEL_CAPABILITIES.length));

export const correctionSchema = z
  .strictObject({
    model: modelId,
    /** Name for people. */
    name: z.optional(correctionName),
    /** Tokens of prompt and answer together. */
    context: z.optional(correctionTokens),
    /** Tokens of the longest answer. */
    max_output: z.optional(correctionTokens),
    /** All it can do besides text; an empty list: nothing else. */
    capabilities: z.optional(correctionCapabilities),
  })
  .check(
    z.refine(
      ({ name, context, max_output: output, capabilities }) =>
        [name, context, output, capabilities].some((value) => value !== undefined),
      { error: SAID.correction.text },
    ),
  );

export type CorrectionConfig = z.output<typeof correctionSchema>;

/** Configuration of where requests go: `models:`, `rules:` and `routing.complexity` of the configuration file. */
import * as z from 'zod/mini';
import { size } from './values.ts';
import { SAID } from '../rpc/schema-sayings.ts';

export const ALIAS_STRATEGIES = [
  'priority',
  'weighted',
  'round-robin',
  'least-latency',
  'cheapest',
  'complexity',
] as const;
/** How the targets of an alias are put in order; whatever comes first, the others follow it as a chain. */
export type AliasStrategy = (typeof ALIAS_STRATEGIES)[number];

export const COMPLEXITY_LEVELS = ['low', 'medium', 'high'] as const;
export type ComplexityLevel = (typeof COMPLEXITY_LEVELS)[number];

export const COMPLEXITY_FEATURES = [
  'length',
  'code',
  'reasoning',
  'tools',
  'images',
  'turns',
  'constraints',
] as const;
export type ComplexityFeature = (typeof COMPLEXITY_FEATURES)[number];

const share = z.number().check(z.minimum(0), z.maximum(1));

export const targetSchema = z.strictObject({
  model: z.string().check(z.minLength(1)),
  /** Share of the requests relative to the alias's other targets; for `weighted`. */
  weight: z.optional(z.number().check(z.positive(SAID.targetWeight.text), z.maximum(1_000))),
  /** The complexity it is for, by the thresholds of `routing.complexity`; for `complexity`. */
  level: z.optional(z.enum(COMPLEXITY_LEVELS)),
  /** The same in figures: from the first (included) to the second (excluded). Above `level`. */
  from: z.optional(share),
  to: z.optional(share),
});

export const complexitySchema = z.strictObject({
  /** How far towards 1 each feature alone can move the score. */
  weights: z.prefault(
    z.strictObject({
      length: z._default(share, 0.45),
      code: z._default(share, 0.3),
      reasoning: z._default(share, 0.7),
      tools: z._default(share, 0.25),
      images: z._default(share, 0.25),
      turns: z._default(share, 0.25),
      constraints: z._default(share, 0.35),
    }),
    {},
  ),
  /** Scores at which `medium` and `high` begin. */
  thresholds: z.prefault(
    z.strictObject({ medium: z._default(share, 0.2), high: z._default(share, 0.55) }),
    {},
  ),
});

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const time = z.string().check(z.regex(TIME, SAID.timeOfDay.text));

export const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** A name with `*` for any number of characters. */
const pattern = z.string().check(z.minLength(1), z.maxLength(200));

/** Conditions, all of which must hold; those that are absent always do. */
const whenSchema = z.strictObject({
  /** The model the client asked for. */
  model: z.optional(pattern),
  /** Id of a client, or the name of the calling program. */
  client: z.optional(pattern),
  /** Headers with the value each must have. */
  header: z.optional(z.record(z.string(), pattern)),
  /** Size of the body. */
  size: z.optional(z.strictObject({ over: z.optional(size), under: z.optional(size) })),
  /** Local time: from the first (included) to the second (excluded), over midnight where that is earlier. */
  time: z.optional(z.strictObject({ from: time, to: time, days: z._default(z.array(z.enum(DAYS)), []) })),
  /** The request offers tools, or does not. */
  tools: z.optional(z.boolean()),
  /** The request holds images, or does not. */
  images: z.optional(z.boolean()),
});

export const ruleSchema = z.strictObject({
  /** For people: what it is there for. */
  name: z.optional(z.string().check(z.minLength(1), z.maxLength(80))),
  /** Off: it is passed over, as if it were not there. */
  enabled: z._default(z.boolean(), true),
  when: whenSchema,
  then: z.strictObject({ model: z.string().check(z.minLength(1), z.maxLength(200)) }),
});

export type RuleConfig = z.output<typeof ruleSchema>;
export type TargetConfig = z.output<typeof targetSchema>;
export type ComplexityConfig = z.output<typeof complexitySchema>;

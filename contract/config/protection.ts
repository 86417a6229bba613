/** What may not go to a provider, what need not, and what it may cost. */
import * as z from 'zod/mini';
import { duration, size } from './values.ts';
import { SAID } from '../rpc/schema-sayings.ts';

/** What happens to a request that holds a match. */
export const GUARD_ACTIONS = ['reject', 'warn', 'mask'] as const;

/** A regular expression, bare or as `/pattern/i`; or one with a name and an action of its own. */
export const sensitivePatternSchema = z.union(
  [
    z.string(),
    z.strictObject({
      pattern: z.string(),
      /** Stands in warnings and in the placeholder; nothing of what it finds does. */
      name: z.optional(
        z.string().check(z.regex(/^[\p{L}\p{N}][\p{L}\p{N} _-]{0,39}$/u, SAID.patternName.text)),
      ),
      action: z.optional(z.enum(GUARD_ACTIONS)),
    }),
  ],
  { error: SAID.patternForm.text },
);

export type SensitivePattern = z.output<typeof sensitivePatternSchema>;

export const guardsSchema = z.strictObject({
  /** Characters of the last turn of the user; 0: any number. */
  max_query_length: z._default(z.int().check(z.minimum(0)), 0),
  /** What is looked for in everything a request says. */
  sensitive_patterns: z._default(
    z.array(sensitivePatternSchema).check(z.maxLength(100, SAID.patterns.text)),
    [],
  ),
  /** For patterns without one of their own. */
  action: z._default(z.enum(GUARD_ACTIONS), 'reject'),
});

export type GuardsConfig = z.output<typeof guardsSchema>;

export const cacheSchema = z.strictObject({
  enabled: z._default(z.boolean(), false),
  type: z._default(z.enum(['memory'], { error: SAID.cacheType.text }), 'memory'),
  /** How long an answer may be given out. */
  ttl: z._default(duration, 3_600_000),
  /** Answers kept at most. */
  max_size: z._default(z.int().check(z.minimum(1), z.maximum(1_000_000)), 1_000),
  /** Memory they may take together. */
  max_bytes: z._default(size, 64_000_000),
  /** Only requests with temperature 0; others leave their answer to chance. */
  only_deterministic: z._default(z.boolean(), true),
  /** What one client was answered may answer another. */
  shared: z._default(z.boolean(), false),
});

export type CacheConfig = z.output<typeof cacheSchema>;

export const BUDGET_PERIODS = ['day', 'month'] as const;
export type BudgetPeriod = (typeof BUDGET_PERIODS)[number];

const limitFields = {
  /** US dollars; 0 allows nothing. */
  usd: z.number().check(z.minimum(0), z.maximum(1_000_000_000)),
  /** Calendar days and months of this machine's time zone. */
  per: z._default(z.enum(BUDGET_PERIODS), 'month'),
  /** Shares of it that are told when they are reached. */
  warn_at: z._default(z.array(z.number().check(z.minimum(0.01), z.maximum(1))).check(z.maxLength(10)), [0.8]),
  /** What happens when it is spent: it is told, or requests are refused. */
  action: z._default(z.enum(['warn', 'block']), 'block'),
};

/** The budget of one client, written with it. */
export const clientBudgetSchema = z.strictObject(limitFields);

export const budgetSchema = z.strictObject({
  scope: z.string().check(z.regex(/^(?:all|(?:client|provider|alias):.{1,200})$/, SAID.budgetScope.text)),
  ...limitFields,
});

export type BudgetConfig = z.output<typeof budgetSchema>;

/** What may not go to a provider, what need not, and what it may cost. */
import * as z from 'zod/mini';

export const guardsSchema = z.strictObject({
  /** Characters of the last turn of the user; 0: any number. */
  max_query_length: z._default(z.int().check(z.minimum(0)), 0),
  /** Regular expressions, bare or as `/pattern/i`; a request that holds a match goes nowhere. */
  sensitive_patterns: z._default(
    z.array(z.string()).check(z.maxLength(100, 'at most 100 patterns are allowed')),
    [],
  ),
  action: z._default(z.enum(['reject']), 'reject'),
});

export type GuardsConfig = z.output<typeof guardsSchema>;

/**
 * The outcome table for OpenRouter: each documented answer with the scope, the action, what cools and for how
 * long. The bodies are written by hand from the providers' documentation.
 */
import { expect, it } from 'vitest';
import {
  BASE,
  HOUR,
  KEY,
  NOW,
  openrouter,
  PROVIDER,
  REQUEST,
  verdictOf,
  type Row,
} from '../testing/outcome-row.ts';

const rows: readonly Row[] = [
  ['bad request', 400, openrouter(400, 'x is not a valid model ID'), 'request_rejected', REQUEST, null],
  [
    'moderation',
    403,
    openrouter(403, 'Your input was flagged', { reasons: ['violence'], flagged_input: 'x' }),
    'policy',
    REQUEST,
    null,
  ],
  [
    'guardrail',
    403,
    openrouter(403, 'Request blocked', { patterns: ['ignore all previous'] }),
    'policy',
    REQUEST,
    null,
  ],
  ['credit', 402, openrouter(402, 'Insufficient credits'), 'credit_exhausted', KEY, HOUR],
  [
    'credit for less',
    402,
    openrouter(
      402,
      'This request requires more credits, or fewer max_tokens. You requested up to 32000 tokens, but can only afford 27342.',
    ),
    'credit_short',
    'key next-key nothing',
    null,
  ],
  [
    'credit for nothing',
    402,
    openrouter(402, 'You requested up to 32000 tokens, but can only afford 0.'),
    'credit_exhausted',
    KEY,
    HOUR,
  ],
  [
    'no endpoints',
    404,
    openrouter(404, 'No endpoints found that support tool use.'),
    'no_endpoints',
    'model next-target nothing',
    null,
  ],
  [
    'free models, day',
    429,
    openrouter(429, 'Rate limit exceeded: free-models-per-day.', {
      headers: { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': String(NOW + 9 * HOUR) },
      limit_source: 'openrouter_free_tier_daily',
    }),
    'free_limit',
    'account next-key account-free',
    9 * HOUR,
  ],
  [
    'free models, minute',
    429,
    openrouter(429, 'Rate limit exceeded: free-models-per-min. '),
    'free_limit',
    'account next-key account-free',
    7_000,
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW + 7_000) },
  ],
  [
    'upstream limited',
    429,
    openrouter(429, 'Provider returned error', { provider_name: 'Chutes', raw: 'busy' }),
    'model_overloaded',
    'model next-target model',
    BASE,
  ],
  [
    'upstream limited, in words',
    429,
    openrouter(429, 'x is temporarily rate-limited upstream'),
    'model_overloaded',
    'model next-target model',
    BASE,
  ],
  [
    'upstream overloaded',
    503,
    openrouter(503, 'Overloaded', { error_type: 'provider_overloaded' }),
    'overloaded',
    PROVIDER,
    BASE,
  ],
  [
    'inside a 200',
    200,
    openrouter(429, 'Rate limit exceeded', { error_type: 'rate_limit_exceeded' }),
    'rate_limited',
    KEY,
    BASE,
  ],
  ['bad gateway', 502, openrouter(502, 'Provider returned error'), 'upstream_error', PROVIDER, BASE],
];

for (const [says, status, body, reason, verdict, cooldown, headers = {}] of rows) {
  it(says, () => {
    expect(verdictOf(status, body, headers)).toEqual({ reason, verdict, cooldown });
  });
}

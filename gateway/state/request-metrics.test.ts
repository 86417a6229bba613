import { expect, it } from 'vitest';
import type { RequestRow } from '../../contract/log/row.ts';
import { exposition } from '../core/exposition.ts';
import { requestRow } from '../testing/request-row.ts';
import { createRequestMetrics } from './request-metrics.ts';

function linesOf(...rows: readonly RequestRow[]): readonly string[] {
  const metrics = createRequestMetrics();
  for (const row of rows) metrics.ended(row);
  return exposition(metrics.families()).split('\n');
}

const one = requestRow({ sequence: 1 });
const ROUTE = 'model="gpt-5-mini",provider="openai"';

it('counts requests by model, provider and status, and once more by the name of the documents', () => {
  const lines = linesOf(one, one, { ...one, status: 429, provider: 'groq' }, { ...one, provider: 'groq' });
  expect(lines).toContain(`switchyard_requests_total{${ROUTE},status="200"} 2`);
  expect(lines).toContain('switchyard_requests_total{model="gpt-5-mini",provider="groq",status="429"} 1');
  expect(lines).toContain('model_gateway_requests_total{model="gpt-5-mini",status="200"} 3');
});

it('measures durations and first tokens in seconds, each bucket with all below it', () => {
  const lines = linesOf(one, { ...one, doneAt: 700_000, firstContentAt: 40 });
  const duration = 'switchyard_request_duration_seconds';
  expect(lines).toContain(`${duration}_bucket{${ROUTE},le="0.25"} 0`);
  expect(lines).toContain(`${duration}_bucket{${ROUTE},le="0.5"} 1`);
  expect(lines).toContain(`${duration}_bucket{${ROUTE},le="+Inf"} 2`);
  expect(lines).toContain(`${duration}_sum{${ROUTE}} 700.45025`);
  expect(lines).toContain(`switchyard_time_to_first_token_seconds_bucket{${ROUTE},le="0.05"} 1`);
});

it('sums up tokens and dollars, and mends them when they become known later', () => {
  const metrics = createRequestMetrics();
  const early = { ...one, tokens: null, cost: null };
  metrics.ended(early);
  metrics.corrected({ ...one, cost: 1_500_000_000_000 }, early);
  metrics.corrected({ ...one, cost: 2_500_000_000_000 }, { ...one, cost: 1_500_000_000_000 });
  const lines = exposition(metrics.families()).split('\n');
  expect(lines).toContain(`switchyard_tokens_total{${ROUTE},kind="cache_read"} 40`);
  expect(lines).toContain(`switchyard_cost_dollars_total{${ROUTE}} 2.5`);
});

it('counts failed attempts by provider and reason', () => {
  const [attempt] = one.attempts;
  if (attempt === undefined) throw new Error('the row has an attempt');
  const lost = { ...attempt, action: 'next-key', result: 'rate_limit_error' } as const;
  expect(linesOf({ ...one, attempts: [lost, lost, attempt] })).toContain(
    'switchyard_failed_attempts_total{provider="openai",reason="rate_limit_error"} 2',
  );
});

it('stays bounded whatever models are asked for', () => {
  const rows = Array.from({ length: 2_000 }, (_row, index) => ({ ...one, modelServed: `m${index}` }));
  const lines = linesOf(...rows).filter((line) => line.startsWith('switchyard_requests_total'));
  expect(lines).toHaveLength(501);
  expect(lines.at(-1)).toBe('switchyard_requests_total{model="other",provider="other",status="200"} 1500');
});

import { expect, it } from 'vitest';
import type { KeyCheck, KeyProbe } from '../../contract/rpc/procedures/providers.ts';
import { provenBy } from './key-probe.ts';

const FIGURES = 'limit_remaining 2.5 of 10';

it.each<[string, KeyCheck['result'], string | null, KeyProbe['verdict']]>([
  ['key_rejected', 'works', null, 'reactivated'],
  ['key_rejected', 'refused', 'Incorrect API key', 'still-cooling'],
  ['key_rejected', 'exhausted', null, 'still-cooling'],
  ['key_rejected', 'limited', null, 'cannot-tell'],
  ['key_rejected', 'unreachable', null, 'cannot-tell'],
  ['key_rejected', 'cannot-tell', null, 'cannot-tell'],
  ['credit_exhausted', 'works', FIGURES, 'reactivated'],
  ['credit_exhausted', 'works', null, 'cannot-tell'],
  ['credit_exhausted', 'exhausted', FIGURES, 'still-cooling'],
  ['spend_limit', 'works', null, 'cannot-tell'],
  ['rate_limited', 'works', FIGURES, 'cannot-tell'],
  ['daily_quota', 'works', null, 'cannot-tell'],
  ['overloaded', 'works', null, 'cannot-tell'],
  ['upstream_error', 'works', null, 'cannot-tell'],
  ['upstream_unreachable', 'works', null, 'reactivated'],
  ['upstream_unreachable', 'unreachable', null, 'still-cooling'],
  ['connect_timeout', 'works', null, 'reactivated'],
  ['location_unsupported', 'works', null, 'reactivated'],
])('%s, and the check says %s (%s): %s', (reason, result, message, verdict) => {
  expect(provenBy({ result, message }, reason)).toBe(verdict);
});

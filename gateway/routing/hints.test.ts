import { expect, it } from 'vitest';
import type { UpstreamError } from '../core/upstream-error.ts';
import { LONGEST_HINT, parseSpan, retryHint } from './hints.ts';

const NOW = Date.UTC(2026, 10, 21, 12, 0, 0);
const error = (part: Partial<UpstreamError> = {}): UpstreamError => ({
  status: 429,
  code: '',
  type: '',
  message: '',
  details: {},
  ...part,
});

it.each([
  [{ 'retry-after-ms': '1250.5', 'retry-after': '9' }, '', 1_250.5],
  [{ 'retry-after': '5' }, '', 5_000],
  [{ 'retry-after': '0' }, '', 0],
  [{ 'retry-after': 'Sat, 21 Nov 2026 12:00:30 GMT' }, '', 30_000],
  [{ 'retry-after': 'Sat, 21 Nov 2026 11:00:00 GMT' }, '', undefined],
  [{ 'retry-after': '-1' }, '', undefined],
  [{ 'retry-after': 'abc' }, '', undefined],
  [{ 'retry-after': '1000000000' }, '', LONGEST_HINT],
  [{ 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '6m0s' }, '', 360_000],
  [{ 'x-ratelimit-remaining-requests': '499', 'x-ratelimit-reset-requests': '6m0s' }, '', undefined],
  [{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW + 7_000) }, '', 7_000],
  [{}, 'Rate limit reached. Please try again in 18.642s.', 18_642],
  [{}, 'tokens per day (TPD): try again in 1h53m56.832s', 6_836_832],
  [{}, 'Your account reached max RPM: 3, please try again after 1 seconds', 1_000],
  [{}, 'Please retry in 500 milliseconds.', 500],
  [{}, 'Try again in 2 minutes and be patient', 120_000],
  [{}, 'Please try again in 1 hour 5 minutes', 3_900_000],
  [{}, 'please retry after 12 sec', 12_000],
  [{}, 'try again in 3 mistakes', undefined],
  [{}, 'nothing about time', undefined],
  // The other side's clock is asked by the other side's clock.
  [{ 'retry-after': 'Sat, 21 Nov 2026 13:00:20 GMT', date: 'Sat, 21 Nov 2026 13:00:00 GMT' }, '', 20_000],
  [{ 'retry-after': 'Sat, 21 Nov 2026 11:00:20 GMT', date: 'Sat, 21 Nov 2026 11:00:00 GMT' }, '', 20_000],
  [{ 'retry-after': 'Sat, 21 Nov 2026 12:00:20 GMT', date: 'nonsense' }, '', 20_000],
])('reads %j and %j as %s ms', (headers, message, expected) => {
  const found = retryHint(headers, error({ message }), NOW);
  if (expected === undefined) expect(found).toBeUndefined();
  else expect(found).toBeCloseTo(expected, 3);
});

it('reads the retry delay in the body', () => {
  expect(retryHint({}, error({ details: { retrydelay: '38s' } }), NOW)).toBe(38_000);
});

it.each([
  ['120ms', 120],
  ['1s', 1_000],
  ['6m0s', 360_000],
  ['5', undefined],
  ['', undefined],
  ['5 s', undefined],
])('span %j is %s', (text, expected) => {
  expect(parseSpan(text)).toBe(expected);
});

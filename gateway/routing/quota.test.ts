import { expect, it } from 'vitest';
import { readQuota, tellsQuota } from './quota.ts';

const AT = Date.UTC(2026, 7, 20, 12);
const figures = (headers: Readonly<Record<string, string>>) =>
  readQuota(headers, AT).map(({ name, limit, remaining, resetsAt }) => [
    name,
    remaining,
    limit,
    resetsAt === null ? null : resetsAt - AT,
  ]);

it.each([
  [
    'OpenAI',
    {
      'x-ratelimit-limit-requests': '500',
      'x-ratelimit-remaining-requests': '499',
      'x-ratelimit-reset-requests': '120ms',
      'x-ratelimit-limit-tokens': '30000',
      'x-ratelimit-remaining-tokens': '29987',
      'x-ratelimit-reset-tokens': '6m0s',
    },
    [
      ['requests', 499, 500, 120],
      ['tokens', 29_987, 30_000, 360_000],
    ],
  ],
  [
    'Anthropic',
    {
      'anthropic-ratelimit-input-tokens-limit': '400000',
      'anthropic-ratelimit-input-tokens-remaining': '399000',
      'anthropic-ratelimit-input-tokens-reset': '2026-08-20T12:00:53Z',
    },
    [['input-tokens', 399_000, 400_000, 53_000]],
  ],
  [
    'OpenRouter',
    { 'x-ratelimit-limit': '50', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(AT + 7_000) },
    [['requests', 0, 50, 7_000]],
  ],
  [
    'Azure',
    { 'x-ratelimit-remaining-requests': '119', 'x-ratelimit-reset-requests': '500' },
    [['requests', 119, null, 500_000]],
  ],
  [
    'Mistral',
    { 'x-ratelimit-remaining-tokens-minute': '1999370', 'x-ratelimit-limit-tokens-minute': '2000000' },
    [['tokens-minute', 1_999_370, 2_000_000, null]],
  ],
  ['nobody', { 'content-type': 'application/json', 'x-ratelimit-remaining-tokens': 'many' }, []],
])('%s', (_who, headers, expected) => {
  expect(figures(headers)).toEqual(expected);
  if (expected.length > 0) expect(tellsQuota(headers)).toBe(true);
});

it.each([
  ['seconds of the clock', String(AT / 1_000 + 90), 90_000],
  ['a moment that no clock has', '1e300', null],
  ['a moment of another century', '2126-08-20T12:00:00Z', null],
  ['a span that never ends', '1e12s', null],
  ['a moment long gone', '1970-01-01T00:00:00Z', null],
])('reads %s as what it can be', (_what, reset, expected) => {
  const headers = { 'x-ratelimit-remaining-requests': '1', 'x-ratelimit-reset-requests': reset };
  expect(figures(headers)).toEqual([['requests', 1, null, expected]]);
});

import { expect, it } from 'vitest';
import { readErrorValue } from '../core/read-error.ts';
import { accountTold, resetTold } from './account.ts';

const error = (message: string) => readErrorValue(429, { error: { message } });

it.each([
  ['OpenAI, header', { 'openai-organization': 'acme' }, undefined, 'acme'],
  ['Anthropic, header', { 'anthropic-organization-id': 'b1-2' }, undefined, 'b1-2'],
  [
    'OpenAI, words',
    {},
    error('Rate limit reached for gpt-4o in organization org-AbC1 on tokens'),
    'org-AbC1',
  ],
  ['Groq, words', {}, error('in organization `org_01j` service tier'), 'org_01j'],
  [
    'Anthropic, words',
    {},
    error('the rate limit for your organization (6f0a2c7e-1b7d-4b0e-9c6d-0123456789ab) of 20,000'),
    '6f0a2c7e-1b7d-4b0e-9c6d-0123456789ab',
  ],
  ['OpenRouter', {}, readErrorValue(429, { error: { message: 'x' }, user_id: 'user_1' }), 'user_1'],
  [
    'Google',
    {},
    readErrorValue(429, { error: { details: [{ metadata: { consumer: 'projects/12' } }] } }),
    'projects/12',
  ],
  ['nobody', {}, error('your organization has crossed its monthly threshold'), undefined],
  ['a header that is no name', { 'openai-organization': 'a b' }, undefined, undefined],
])('%s', (_who, headers, told, account) => {
  expect(accountTold(headers, told)).toBe(account);
});

it.each([
  [{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1765661700000' }, '1765661700000'],
  [{ 'x-ratelimit-remaining': '4', 'x-ratelimit-reset': '1765661700000' }, undefined],
  [
    {
      'anthropic-ratelimit-requests-remaining': '7',
      'anthropic-ratelimit-tokens-remaining': '0',
      'anthropic-ratelimit-tokens-reset': '2026-08-20T12:00:42Z',
    },
    '2026-08-20T12:00:42Z',
  ],
  [{ 'retry-after': '5' }, undefined],
])('the end of a spent limit in %j is %s', (headers, reset) => {
  expect(resetTold(headers, error('x'))).toBe(reset);
});

/**
 * The outcome table for those without a table of their own: each documented answer with the scope, the action, what cools and for how
 * long. The bodies are written by hand from the providers' documentation.
 */
import { describe, expect, it } from 'vitest';
import {
  ACCOUNT_MODEL,
  BASE,
  HOUR,
  KEY,
  openai,
  PROVIDER,
  REQUEST,
  verdictOf,
  type Row,
} from '../testing/outcome-row.ts';

const table: Readonly<Record<string, readonly Row[]>> = {
  Groq: [
    [
      'tokens of a minute',
      429,
      openai(
        'Rate limit reached for model x in organization org_1 on tokens per minute (TPM). Please try again in 7.5s.',
        'rate_limit_exceeded',
        'tokens',
      ),
      'rate_limited',
      ACCOUNT_MODEL,
      7_500,
    ],
    // The headers tell of the minute only.
    [
      'tokens of a day',
      429,
      openai(
        'Rate limit reached on tokens per day (TPD): Limit 100000. Please try again in 1h53m56.832s. Need more?',
        'rate_limit_exceeded',
        'tokens',
      ),
      'rate_limited',
      ACCOUNT_MODEL,
      6_836_832,
      { 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '7.66s' },
    ],
    [
      'too large for the tier',
      413,
      openai(
        'Request too large for model x on tokens per minute (TPM): Limit 8000, Requested 9210',
        'rate_limit_exceeded',
        'tokens',
      ),
      'over_tier',
      'key next-key nothing',
      null,
    ],
    [
      'no capacity',
      498,
      openai('Flex tier capacity exceeded', 'capacity_exceeded'),
      'model_overloaded',
      'model next-target model',
      BASE,
    ],
  ],
  'Qwen, Fireworks, Zhipu, SiliconFlow, Cerebras': [
    [
      'Qwen: unpaid',
      400,
      openai('Access denied, please make sure your account is in good standing.', 'Arrearage', 'Arrearage'),
      'credit_exhausted',
      KEY,
      HOUR,
    ],
    [
      'Qwen: tokens of a minute, in the words of an empty account',
      429,
      openai(
        'You exceeded your current quota, please check your plan and billing details. For details, see: https://help.aliyun.com/zh/model-studio/error-code#token-limit',
        'insufficient_quota',
        'insufficient_quota',
      ),
      'rate_limited',
      ACCOUNT_MODEL,
      60_000,
    ],
    [
      'Fireworks: unpaid',
      412,
      openai(
        'Account acme is suspended, possibly due to reaching the monthly spending limit or failure to pay past invoices.',
        'PRECONDITION_FAILED',
      ),
      'credit_exhausted',
      KEY,
      HOUR,
    ],
    [
      'Zhipu: empty, in Chinese',
      429,
      { error: { code: '1113', message: '余额不足或无可用资源包,请充值。' } },
      'credit_exhausted',
      KEY,
      HOUR,
    ],
    [
      'Zhipu: empty, as Messages',
      429,
      {
        type: 'error',
        error: { type: '1113', message: 'Insufficient balance or no resource package. Please recharge.' },
      },
      'credit_exhausted',
      KEY,
      HOUR,
    ],
    [
      'SiliconFlow: empty',
      403,
      { code: 30_001, message: 'Sorry, your account balance is insufficient', data: null },
      'credit_exhausted',
      KEY,
      HOUR,
    ],
    [
      'Cerebras: requests of a day',
      429,
      openai(
        'Requests per day limit exceeded - too many requests sent.',
        'request_quota_exceeded',
        'too_many_requests_error',
      ),
      'rate_limited',
      KEY,
      33_011_382,
      {
        'x-ratelimit-remaining-requests-day': '0',
        'x-ratelimit-reset-requests-day': '33011.382',
        'x-ratelimit-remaining-tokens-minute': '60000',
        'x-ratelimit-reset-tokens-minute': '11.38',
      },
    ],
  ],
  'DeepSeek, Moonshot, xAI, Azure, Ollama and gateways in between': [
    [
      'balance',
      402,
      openai('Insufficient Balance', 'invalid_request_error', 'unknown_error'),
      'credit_exhausted',
      KEY,
      HOUR,
    ],
    [
      'reasoning not passed back',
      400,
      openai(
        'The reasoning_content in the thinking mode must be passed back to the API.',
        'invalid_request_error',
      ),
      'request_rejected',
      REQUEST,
      null,
    ],
    [
      'engine',
      429,
      { error: { type: 'engine_overloaded_error', message: 'The engine is currently overloaded' } },
      'overloaded',
      PROVIDER,
      BASE,
    ],
    [
      'bad key',
      400,
      { code: 'Client specified an invalid argument', error: 'Incorrect API key provided: xa***' },
      'key_rejected',
      KEY,
      BASE,
    ],
    [
      'content filter',
      400,
      openai(
        "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
        'content_filter',
      ),
      'policy',
      REQUEST,
      null,
    ],
    [
      'bare seconds',
      429,
      openai('Too many requests', '429'),
      'rate_limited',
      KEY,
      7_000,
      { 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '7' },
    ],
    [
      'no model',
      404,
      { error: "model 'foo' not found" },
      'model_unavailable',
      'model next-target key-model',
      BASE,
    ],
    ['redirect', 308, '', 'upstream_redirected', 'provider next-target nothing', null],
    [
      'time-out in front',
      524,
      '<html><title>A timeout occurred</title></html>',
      'upstream_timeout',
      PROVIDER,
      BASE,
    ],
    ['unknown host in front', 520, '', 'upstream_error', PROVIDER, BASE],
  ],
};

describe.each(Object.entries(table))('%s', (_provider, rows) => {
  for (const [says, status, body, reason, verdict, cooldown, headers = {}] of rows) {
    it(says, () => {
      expect(verdictOf(status, body, headers)).toEqual({ reason, verdict, cooldown });
    });
  }
});

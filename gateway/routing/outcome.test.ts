import { describe, expect, it } from 'vitest';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { UpstreamError } from '../core/upstream-error.ts';
import { judge, type Failure, type Judgement } from './outcome.ts';

const answer = (status: number, part: Partial<UpstreamError> = {}): Failure => ({
  kind: 'answer',
  headers: {},
  error: { status, code: '', type: '', message: '', details: {}, ...part },
});
const broken = (
  code:
    | 'connect_timeout'
    | 'upstream_unreachable'
    | 'upstream_address_refused'
    | 'upstream_cut'
    | 'upstream_invalid_response',
  where: 'not-sent' | 'sent' | 'answering',
): Failure => ({
  kind: 'transport',
  failure: { code, where, reusedSocket: false, told: remark('connection-reset') },
});
const own = (code: Extract<Failure, { kind: 'gateway' }>['code']): Failure => ({
  kind: 'gateway',
  code,
  told: remark('stream-open'),
});

describe('judge', () => {
  it('knows a quota of a minute from an empty account, though Gemini and OpenAI say it in the same words', () => {
    const message = 'You exceeded your current quota, please check your plan and billing details.';
    expect(judge(answer(429, { type: 'RESOURCE_EXHAUSTED', message })).reason).toBe('rate_limited');
    expect(judge(answer(429, { message })).reason).toBe('credit_exhausted');
  });

  it.each([
    'messages.1.content.0: Invalid `signature` in `thinking` block',
    'messages.3.content.0: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified.',
    "Item 'rs_1' of type 'reasoning' was provided without its required following item.",
    'Function call is missing a thought_signature in functionCall parts.',
  ])('sends the request once more without its reasoning: %s', (message) => {
    expect(judge(answer(400, { message }))).toMatchObject({ reason: 'signature_rejected', action: 'repair' });
  });

  it('takes a block that Anthropic does not know for what it is, though its answer lists all it knows', () => {
    const message =
      "messages.1.content.0: Input tag 'image_url' found using 'type' does not match any of the expected tags: 'redacted_thinking', 'text', 'thinking', 'tool_use'";
    expect(judge(answer(400, { type: 'invalid_request_error', message }))).toMatchObject({
      reason: 'request_rejected',
      action: 'return',
    });
  });

  it.each<[string, Failure, Pick<Judgement, 'scope' | 'action' | 'cools'>]>([
    ['401', answer(401), { scope: 'key', action: 'next-key', cools: 'key' }],
    [
      '402',
      answer(402, { message: 'Insufficient Balance' }),
      { scope: 'key', action: 'next-key', cools: 'key' },
    ],
    [
      'OpenAI quota',
      answer(429, { code: 'insufficient_quota' }),
      { scope: 'key', action: 'next-key', cools: 'key' },
    ],
    [
      'Anthropic credit',
      answer(400, {
        type: 'invalid_request_error',
        message: 'Your credit balance is too low to access the API.',
      }),
      { scope: 'key', action: 'next-key', cools: 'key' },
    ],
    [
      'Gemini key',
      answer(400, { details: { reason: 'API_KEY_INVALID' } }),
      { scope: 'key', action: 'next-key', cools: 'key' },
    ],
    ['429', answer(429, { code: 'rate_limit_exceeded' }), { scope: 'key', action: 'next-key', cools: 'key' }],
    [
      'OpenRouter upstream limit',
      answer(429, { details: { provider_name: 'Chutes' } }),
      { scope: 'model', action: 'next-target', cools: 'model' },
    ],
    [
      'too large for the tier',
      answer(429, { message: 'Request too large for gpt-4o. Limit 30000, Requested 31538' }),
      { scope: 'key', action: 'next-key', cools: 'nothing' },
    ],
    [
      'Groq 413',
      answer(413, { code: 'rate_limit_exceeded' }),
      { scope: 'key', action: 'next-key', cools: 'nothing' },
    ],
    [
      '400',
      answer(400, { code: 'context_length_exceeded' }),
      { scope: 'request', action: 'return', cools: 'nothing' },
    ],
    ['413', answer(413), { scope: 'request', action: 'return', cools: 'nothing' }],
    ['422', answer(422), { scope: 'request', action: 'return', cools: 'nothing' }],
    [
      '403',
      answer(403, { message: 'Country not supported' }),
      { scope: 'model', action: 'next-key', cools: 'key-model' },
    ],
    [
      '403 bad key',
      answer(403, { message: 'Invalid API key' }),
      { scope: 'key', action: 'next-key', cools: 'key' },
    ],
    [
      'moderation',
      answer(403, { details: { reasons: 'violence' } }),
      { scope: 'request', action: 'return', cools: 'nothing' },
    ],
    ['404', answer(404), { scope: 'model', action: 'next-target', cools: 'key-model' }],
    ['500', answer(500), { scope: 'provider', action: 'next-key', cools: 'key-after-several' }],
    ['529', answer(529), { scope: 'provider', action: 'next-key', cools: 'key-after-several' }],
    ['redirect', answer(307), { scope: 'provider', action: 'next-target', cools: 'nothing' }],
    ['429 inside a 200', answer(200, { code: '429' }), { scope: 'key', action: 'next-key', cools: 'key' }],
    [
      'overload inside a 200',
      answer(200, { type: 'overloaded_error' }),
      { scope: 'provider', action: 'next-key', cools: 'key-after-several' },
    ],
    [
      'nothing known inside a 200',
      answer(200),
      { scope: 'provider', action: 'next-key', cools: 'key-after-several' },
    ],
    [
      'refused',
      broken('upstream_unreachable', 'not-sent'),
      { scope: 'network', action: 'next-target', cools: 'provider-unreached' },
    ],
    [
      'black hole',
      broken('connect_timeout', 'not-sent'),
      { scope: 'network', action: 'next-target', cools: 'provider-unreached' },
    ],
    [
      'cut without a byte',
      broken('upstream_cut', 'sent'),
      { scope: 'network', action: 'replay', cools: 'key-after-several' },
    ],
    [
      'cut in the answer',
      broken('upstream_cut', 'answering'),
      { scope: 'provider', action: 'next-key', cools: 'key-after-several' },
    ],
    [
      'private address',
      broken('upstream_address_refused', 'not-sent'),
      { scope: 'gateway', action: 'next-target', cools: 'nothing' },
    ],
    [
      'slow',
      own('first_content_timeout'),
      { scope: 'provider', action: 'next-target', cools: 'key-after-several' },
    ],
    [
      'not an answer',
      own('upstream_invalid_response'),
      { scope: 'provider', action: 'next-key', cools: 'key-after-several' },
    ],
  ])('%s', (_name, failure, expected) => {
    expect(judge(failure)).toMatchObject(expected);
  });
});

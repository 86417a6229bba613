import { remark } from '../../contract/rpc/remarks/remark.ts';
import { describe, expect, it } from 'vitest';
import type { AttemptRecord } from '../../contract/log/row.ts';
import { judge, type Failure } from '../routing/outcome.ts';
import { appName } from './app-name.ts';
import { boundRetryAfter, errorAfterAttempts, errorNoneUsable } from './final-error.ts';

const attempt = (part: Partial<AttemptRecord>): AttemptRecord => ({
  provider: 'openai',
  model: 'gpt-5',
  keyId: 'k1',
  keyFingerprint: '…a1b2',
  startedAt: 0,
  connectedAt: 1,
  sentAt: 1,
  firstByteAt: 2,
  firstContentAt: null,
  doneAt: 3,
  status: 401,
  reusedSocket: false,
  result: 'key_rejected',
  scope: 'key',
  action: 'next-key',
  message: 'Incorrect API key provided',
  cooldown: 30_000,
  waited: 0,
  why: 'first',
  passedOver: [],
  ...part,
});
const answer = (status: number): Failure => ({
  kind: 'answer',
  headers: {},
  error: { status, code: '', type: '', message: 'oops', details: {} },
});
const last = (failure: Failure, body = '{"error":"theirs"}') => ({
  failure,
  judgement: judge(failure),
  answer: {
    status: failure.kind === 'answer' ? failure.error.status : 0,
    headers: {},
    body: Buffer.from(body),
  },
});

describe('the error after attempts', () => {
  it.each([
    ['nobody could be reached', ['upstream_unreachable', 'connect_timeout'], 'true'],
    ['somebody was', ['rate_limited', 'upstream_unreachable'], undefined],
  ])('%s: whether the client is told to try again', (_name, results, expected) => {
    const attempts = results.map((result) => attempt({ result, scope: 'provider' }));
    const final = errorAfterAttempts(
      attempts,
      last({ kind: 'gateway', code: 'upstream_cut', told: remark('stream-open') }),
    );
    expect(final.headers?.['x-should-retry']).toBe(expected);
  });

  it.each([
    ['all refused', ['key_rejected', 'key_rejected'], 401, 'upstream_credentials_rejected', 502],
    ['all empty', ['credit_exhausted', 'spend_limit'], 402, 'credentials_exhausted', 402],
    ['all limited', ['rate_limited', 'rate_limited'], 429, 'rate_limit_exceeded', 429],
    ['refused and limited', ['key_rejected', 'rate_limited'], 429, 'rate_limit_exceeded', 429],
    ['refused and empty', ['key_rejected', 'credit_exhausted'], 402, 'upstream_credentials_rejected', 502],
  ])('%s', (_name, results, status, code, expected) => {
    const attempts = results.map((result) => attempt({ result, status }));
    const final = errorAfterAttempts(attempts, last(answer(status)));
    expect(final).toMatchObject({ code, answer: null });
    expect(final.error.definition.status).toBe(expected);
    expect(final.error.message).toContain('…a1b2');
  });

  it.each([
    ['key_rejected', 'Every key that was tried was refused.'],
    ['credit_exhausted', 'Every key that was tried is out of credit.'],
    ['rate_limited', 'Every key that was tried is limited.'],
  ])('%s: says nothing of keys that were not tried', (result, sentence) => {
    const { error } = errorAfterAttempts([attempt({ result })], last(answer(401)));
    expect(error.message.startsWith(sentence)).toBe(true);
  });

  it.each(['Try again in 1s.', 'Try again in 1s'])(
    'ends the upstream\u2019s sentence once: %s',
    (message) => {
      const attempts = [attempt({ result: 'rate_limited', status: 429, message })];
      expect(errorAfterAttempts(attempts, last(answer(429))).error.message).toContain('in 1s. Wait,');
    },
  );

  it('passes on what the upstream wrote when no key is at fault', () => {
    const attempts = [attempt({ scope: 'provider', result: 'upstream_error', status: 500 })];
    expect(errorAfterAttempts(attempts, last(answer(500)))).toMatchObject({
      code: 'upstream_error',
      answer: { status: 500 },
    });
  });

  it('never passes on a refusal of one of our keys', () => {
    const attempts = [attempt({ scope: 'provider', result: 'upstream_error', status: 500 }), attempt({})];
    expect(errorAfterAttempts(attempts, last(answer(401))).answer).toBeNull();
  });

  it('names what broke and what to do where there is no answer', () => {
    const failure: Failure = {
      kind: 'transport',
      failure: {
        code: 'upstream_unreachable',
        where: 'not-sent',
        reusedSocket: false,
        told: remark('connection-refused'),
      },
    };
    const final = errorAfterAttempts(
      [attempt({ scope: 'network', status: null, result: 'upstream_unreachable' })],
      {
        failure,
        judgement: judge(failure),
        answer: null,
      },
    );
    expect(final.error.message).toMatch(/openai key …a1b2: connection refused\. Check that it runs/);
  });
});

it('none usable: the soonest decides, bounded to a minute', () => {
  const limited = [
    { provider: 'a', keyFingerprint: null, reason: 'rate_limited', left: 300_000 },
    { provider: 'b', keyFingerprint: null, reason: 'rate_limited', left: 12_300 },
  ];
  expect(errorNoneUsable(limited)).toMatchObject({ code: 'rate_limit_exceeded', retryAfter: 13 });
  const mixed = limited.map((key, index) => ({ ...key, left: 600_000, reason: `r${index}` }));
  expect(errorNoneUsable(mixed)).toMatchObject({ code: 'all_keys_cooling', retryAfter: 60 });
  const own = { provider: 'c', keyFingerprint: null, reason: 'limit_per_minute', left: 4_000 };
  expect(errorNoneUsable([...limited, own])).toMatchObject({ code: 'rate_limit_exceeded', retryAfter: 4 });
  expect(errorNoneUsable([...mixed, own])).toMatchObject({ code: 'all_keys_cooling', retryAfter: 4 });
  const alone = errorNoneUsable([own]);
  expect(alone).toMatchObject({ code: 'rate_limit_exceeded', retryAfter: 4 });
  expect(alone.message).toContain('c limit_per_minute for 4 s more');
});

it.each([
  [
    { 'retry-after': '900', 'x-other': 'a' },
    { 'retry-after': '60', 'x-other': 'a', 'x-should-retry': 'false' },
  ],
  [{ 'retry-after-ms': '1500' }, { 'retry-after': '2', 'x-should-retry': 'false' }],
  [{ 'retry-after': 'Sat, 21 Nov 2026 12:00:30 GMT' }, { 'x-should-retry': 'false' }],
  [{}, { 'x-should-retry': 'false' }],
])('bounds %j', (headers, expected) => {
  expect(boundRetryAfter(headers)).toEqual(expected);
});

it.each([
  ['claude-cli/2.1.40 (external, cli)', 'Claude Code'],
  ['OpenAI/JS 7.55.0', 'OpenAI SDK (JS)'],
  ['AsyncOpenAI/Python 2.1', 'OpenAI SDK (Python)'],
  ['curl/8.5.0', 'curl'],
  ['node', 'node'],
  ['', null],
  [undefined, null],
])('user agent %j is %j', (userAgent, expected) => {
  expect(appName(userAgent)).toBe(expected);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readError } from './read-error.ts';

const read = (body: unknown, status = 400) =>
  readError(status, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));

describe('readError', () => {
  test.each([
    [
      'OpenAI',
      {
        error: {
          message: 'Unsupported parameter',
          type: 'invalid_request_error',
          param: 'max_tokens',
          code: 'unsupported_parameter',
        },
      },
      {
        code: 'unsupported_parameter',
        type: 'invalid_request_error',
        message: 'Unsupported parameter',
        details: { param: 'max_tokens' },
      },
    ],
    ['a plain string', { error: "model 'foo' not found" }, { code: '', message: "model 'foo' not found" }],
    [
      'a code beside words',
      { error: 'invalid_grant', message: 'The key is gone' },
      { code: 'invalid_grant', message: 'The key is gone' },
    ],
    ['a bare message', { message: 'No.', code: 7 }, { code: '7', message: 'No.' }],
    ['a detail', { detail: 'Not Found' }, { message: 'Not Found' }],
    [
      'a list of details',
      { detail: [{ loc: ['body', 'x'], msg: 'field required' }, { msg: 'too long' }] },
      { message: 'field required; too long' },
    ],
    [
      'a list of errors',
      { errors: [{ message: 'first', code: 'a' }, { message: 'second' }] },
      { code: 'a', message: 'first' },
    ],
    ['errors as text', { errors: ['broken'] }, { message: 'broken' }],
    [
      'problem details',
      { type: 'about:blank', title: 'Too big', status: 413 },
      { type: 'about:blank', message: 'Too big' },
    ],
    [
      'Anthropic',
      {
        type: 'error',
        error: {
          type: 'rate_limit_error',
          message: 'Limit',
          details: { error_code: 'enforced_spend_limit_reached' },
        },
        request_id: 'req_1',
      },
      {
        type: 'rate_limit_error',
        message: 'Limit',
        details: { error_code: 'enforced_spend_limit_reached', request_id: 'req_1' },
      },
    ],
    [
      'Anthropic, compatible',
      { error: { code: 'rate_limit_error', message: 'L', type: 'invalid_request_error', param: null } },
      { code: 'rate_limit_error', type: 'invalid_request_error', details: {} },
    ],
    [
      'Gemini in an array',
      [
        {
          error: {
            code: 429,
            message: 'Quota',
            status: 'RESOURCE_EXHAUSTED',
            details: [
              { '@type': 'x/QuotaFailure', violations: [{ quotaId: 'PerDay', quotaValue: '500' }] },
              { '@type': 'x/RetryInfo', retryDelay: '38s' },
              { reason: 'API_KEY_INVALID', metadata: { service: 's' } },
            ],
          },
        },
      ],
      {
        code: '429',
        type: 'RESOURCE_EXHAUSTED',
        details: {
          quotaid: 'PerDay',
          quotavalue: '500',
          retrydelay: '38s',
          reason: 'API_KEY_INVALID',
          service: 's',
        },
      },
    ],
    [
      'OpenRouter wrapping a provider',
      {
        error: {
          code: 429,
          message: 'Provider returned error',
          metadata: { provider_name: 'Google', raw: 'm is temporarily rate-limited upstream.' },
        },
        user_id: 'u',
      },
      {
        code: '429',
        message: 'Provider returned error: m is temporarily rate-limited upstream.',
        details: { provider_name: 'Google' },
      },
    ],
    [
      'OpenRouter limiting itself',
      {
        error: {
          code: 429,
          message: 'free',
          metadata: {
            headers: { 'X-RateLimit-Reset': '1765661700000' },
            error_type: 'rate_limit_exceeded',
            provider_name: null,
          },
        },
      },
      { details: { 'x-ratelimit-reset': '1765661700000', error_type: 'rate_limit_exceeded' } },
    ],
    [
      'moderation',
      { error: { code: 403, message: 'flagged', metadata: { reasons: ['violence', 'hate'] } } },
      { details: { reasons: 'violence, hate' } },
    ],
    [
      'a title',
      '<!doctype html><html><head><title>502 Bad\nGateway</title></head>',
      { message: 'An HTML page instead of an answer: 502 Bad\nGateway' },
    ],
    [
      'a page without one',
      '<html><style>x{}</style><body><h1>Sorry</h1>try  later',
      { message: 'An HTML page instead of an answer: Sorry try later' },
    ],
    [
      'a page without a word',
      '<html><body></body></html>',
      { message: 'An HTML page without a word instead of an answer', page: '' },
    ],
    ['plain text', 'upstream connect error', { code: '', message: 'upstream connect error' }],
    ['half a document', '{"error":{"mess', { message: '{"error":{"mess' }],
    ['nothing', '', { code: '', type: '', message: '', details: {} }],
    ['null', 'null', { message: 'null' }],
    ['a message that is an object', { error: { message: { reason: 'x' } } }, { message: "{ reason: 'x' }" }],
  ])('%s', (_, body, expected) => {
    expect(read(body)).toMatchObject({ status: 400, ...expected });
  });

  test('null details are absent, so rules that ask for their presence do not fire', () => {
    expect(read({ error: { message: 'x', metadata: { provider_name: null } } }).details).toEqual({});
  });

  test('names with a meaning for objects do no harm', () => {
    const { details } = read('{"error":{"message":"x","metadata":{"__proto__":"y","constructor":"z"}}}');
    expect(Object.getPrototypeOf(details)).toBe(Object.prototype);
    expect(details['constructor']).toBe('z');
  });

  test('texts are bounded and keep whole characters', () => {
    const { message, code, details } = read({
      error: {
        message: '😀'.repeat(5_000),
        code: 'c'.repeat(500),
        metadata: Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`k${n}`, 'v'.repeat(9_000)])),
      },
    });
    expect(message.length).toBeLessThanOrEqual(2_048);
    expect(message.isWellFormed()).toBe(true);
    expect(code.length).toBeLessThanOrEqual(128);
    expect(JSON.stringify(details).length).toBeLessThan(25_000);
  });

  test('a hostile page costs no time', () => {
    for (const part of ['<', '<script', '<title', '<title>']) {
      expect(read(part.repeat(50_000)).message.length).toBeLessThan(4_200);
    }
  });

  test.each([
    ['[', ']'],
    ['{"message":', '}'],
    ['{"detail":[', ']}'],
    ['{"error":', '}'],
    ['{"error":{"metadata":', '}}'],
  ])('nesting as deep as %s repeated overflows no stack', (opening, closing) => {
    const { message } = read(`${opening.repeat(50_000)}"x"${closing.repeat(50_000)}`);
    expect(message).not.toContain(opening.repeat(2));
  });

  test('never throws', () => {
    fc.assert(fc.property(fc.uint8Array(), (body) => typeof readError(500, body).message === 'string'));
    fc.assert(fc.property(fc.jsonValue(), (value) => typeof read(value).message === 'string'));
    const member = fc.constantFrom(
      'error',
      'errors',
      'message',
      'detail',
      'details',
      'metadata',
      'code',
      'type',
      'raw',
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.jsonValue(),
        fc.dictionary(member, tie('tree')),
        fc.array(tie('tree')),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => typeof read(value).message === 'string'),
      { numRuns: 50 },
    );
  });
});

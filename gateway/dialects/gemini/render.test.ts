import { describe, expect, test } from 'vitest';
import { GatewayError } from '../../core/errors.ts';
import { readError } from '../../core/read-error.ts';
import {
  renderError,
  renderErrorEvent,
  renderTokenCount,
  renderUpstreamError,
  streamType,
} from './render.ts';

describe('errors', () => {
  test("of the gateway's own have status, word, field and time", () => {
    const wrong = renderError(new GatewayError('invalid_request', 'No.', { field: 'contents[0]' }), 'req_1');
    expect(wrong.status).toBe(400);
    expect(JSON.parse(wrong.body)).toEqual({
      error: {
        code: 400,
        message: 'No.',
        status: 'INVALID_ARGUMENT',
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
            reason: 'INVALID_REQUEST',
            domain: 'switchyard',
            metadata: { code: 'invalid_request', requestId: 'req_1' },
          },
          {
            '@type': 'type.googleapis.com/google.rpc.BadRequest',
            fieldViolations: [{ field: 'contents[0]', description: 'No.' }],
          },
        ],
      },
    });
    const limited = renderError(
      new GatewayError('rate_limit_exceeded', 'Wait.', { retryAfter: 11.2 }),
      'req_1',
    );
    expect(limited.headers).toMatchObject({ 'retry-after': '12', 'x-request-id': 'req_1' });
    expect(limited.body).toContain('"retryDelay":"12s"');
  });

  test.each([
    ['authentication_error', 401, 'UNAUTHENTICATED'],
    ['credentials_exhausted', 402, 'RESOURCE_EXHAUSTED'],
    ['model_not_found', 404, 'NOT_FOUND'],
    ['body_too_large', 413, 'INVALID_ARGUMENT'],
    ['rate_limit_exceeded', 429, 'RESOURCE_EXHAUSTED'],
    ['upstream_error', 502, 'UNAVAILABLE'],
    ['upstream_overloaded', 503, 'UNAVAILABLE'],
    ['total_timeout', 504, 'DEADLINE_EXCEEDED'],
    ['internal_error', 500, 'INTERNAL'],
  ] as const)('%s is %i %s', (code, status, word) => {
    const rendered = renderError(new GatewayError(code, 'x'), 'req_1');
    expect(rendered.status).toBe(status);
    expect(JSON.parse(rendered.body)).toMatchObject({ error: { code: status, status: word } });
  });

  test('of other upstreams keep status and words', () => {
    const upstream = {
      status: 429,
      code: 'rate_limit_exceeded',
      type: 'tokens',
      message: 'Slow down.',
      details: { retrydelay: '7s', param: 'input' },
    };
    const { status, body } = renderUpstreamError(upstream, 'req_1');
    expect(status).toBe(429);
    expect(JSON.parse(body)).toMatchObject({
      error: {
        code: 429,
        message: 'Slow down.',
        status: 'RESOURCE_EXHAUSTED',
        details: [
          { reason: 'RATE_LIMIT_EXCEEDED' },
          { fieldViolations: [{ field: 'input' }] },
          { retryDelay: '7s' },
        ],
      },
    });
    expect(readError(429, Buffer.from(body)).details).toMatchObject({ retrydelay: '7s' });
  });

  test.each([
    [200, '', 502],
    [200, '503', 503],
    [529, '', 529],
  ])('that came with %i and code "%s" are %i', (status, code, rendered) => {
    const error = { status, code, type: '', message: '', details: {} };
    expect(renderUpstreamError(error, 'r').status).toBe(rendered);
  });

  test('inside a stream of which nothing was written', () => {
    const error = new GatewayError('upstream_error', 'Broken.');
    const sse = Buffer.from(renderErrorEvent(error, 'r', 'sse')).toString();
    expect(sse).toMatch(/^data: \{"error":\{"code":502,.*\n\n$/);
    expect(JSON.parse(Buffer.from(renderErrorEvent(error, 'r', 'json-array')).toString())).toMatchObject([
      { error: { message: 'Broken.' } },
    ]);
  });
});

test('content types and counts', () => {
  expect(streamType('sse')).toMatch(/^text\/event-stream/);
  expect(streamType('json-array')).toMatch(/^application\/json/);
  expect(JSON.parse(renderTokenCount(7))).toEqual({ totalTokens: 7 });
});

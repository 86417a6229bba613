import { describe, expect, test } from 'vitest';
import Anthropic from '@anthropic-ai/sdk';
import { GatewayError, type ErrorCode } from '../../core/errors.ts';
import { isObject, parseJson } from '../../core/json.ts';
import { readEvent } from '../../core/sse.ts';
import {
  heartbeat,
  renderError,
  renderErrorEvent,
  renderTokenCount,
  renderUpstreamError,
  writeErrorEvent,
} from './render.ts';

const error = (status: number, rest: { code?: string; type?: string; message?: string } = {}) => ({
  status,
  code: '',
  type: '',
  message: 'words',
  details: {},
  ...rest,
});
const typeOf = (body: string): unknown => {
  const value = parseJson(body);
  return isObject(value) && isObject(value['error']) ? value['error']['type'] : undefined;
};

describe('errors of the gateway', () => {
  test('in the envelope of the API', () => {
    const answer = renderError(
      new GatewayError('rate_limit_exceeded', 'Wait.', { retryAfter: 2.1 }),
      'req_1',
    );
    expect(answer.status).toBe(429);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'request-id': 'req_1',
      'x-should-retry': 'false',
      'retry-after': '3',
    });
    expect(parseJson(answer.body)).toEqual({
      type: 'error',
      error: {
        type: 'rate_limit_error',
        message: 'Wait.',
        details: { error_code: 'rate_limit_exceeded' },
      },
      request_id: 'req_1',
    });
  });

  test.each<[ErrorCode, number, string]>([
    ['invalid_request', 400, 'invalid_request_error'],
    ['authentication_error', 401, 'authentication_error'],
    ['credentials_exhausted', 402, 'billing_error'],
    ['origin_not_allowed', 403, 'permission_error'],
    ['model_not_found', 404, 'not_found_error'],
    ['request_timeout', 408, 'timeout_error'],
    ['body_too_large', 413, 'request_too_large'],
    ['headers_too_large', 431, 'invalid_request_error'],
    ['upstream_overloaded', 529, 'overloaded_error'],
    ['upstream_error', 502, 'api_error'],
    ['all_keys_cooling', 503, 'api_error'],
    ['first_content_timeout', 504, 'timeout_error'],
  ])('%s is %i %s', (code, status, type) => {
    const answer = renderError(new GatewayError(code, 'x'), 'req_1');
    expect([answer.status, typeOf(answer.body)]).toEqual([status, type]);
  });

  test('the official SDK makes its own classes of them', async () => {
    const { status, headers, body } = renderError(
      new GatewayError('model_not_found', 'No such model.'),
      'req_9',
    );
    const client = new Anthropic({
      apiKey: 'unused',
      fetch: () => Promise.resolve(new Response(body, { status, headers })),
    });
    const asked = client.messages.create({
      model: 'm',
      max_tokens: 1,
      messages: [{ role: 'user', content: 'x' }],
    });
    await expect(asked).rejects.toMatchObject({
      name: 'NotFoundError',
      requestID: 'req_9',
      errorCode: 'model_not_found',
      apiMessage: 'No such model.',
    });
  });
});

describe('errors of upstreams', () => {
  test.each([
    [error(529, { type: 'overloaded_error' }), 529, 'overloaded_error'],
    [error(200, { type: 'overloaded_error' }), 529, 'overloaded_error'],
    [error(200, { type: 'rate_limit_error' }), 429, 'rate_limit_error'],
    [error(200), 502, 'api_error'],
    [error(400, { type: 'INVALID_ARGUMENT' }), 400, 'invalid_request_error'],
    [error(403, { type: 'PERMISSION_DENIED' }), 403, 'permission_error'],
    [error(429, { type: 'tokens', code: 'rate_limit_exceeded' }), 429, 'rate_limit_error'],
    [error(503, { type: 'server_error' }), 503, 'api_error'],
    [error(422, { type: '' }), 422, 'invalid_request_error'],
    // OpenAI calls all of these requests invalid; the status tells which.
    [error(404, { type: 'invalid_request_error', code: 'model_not_found' }), 404, 'not_found_error'],
    [error(401, { type: 'invalid_request_error' }), 401, 'authentication_error'],
    [error(413, { type: 'invalid_request_error' }), 413, 'request_too_large'],
    [error(503, { type: 'overloaded_error' }), 503, 'overloaded_error'],
  ])('%j', (upstream, status, type) => {
    const answer = renderUpstreamError(upstream, 'req_1');
    expect([answer.status, typeOf(answer.body)]).toEqual([status, type]);
  });

  test.each([
    [
      error(400, {
        code: 'context_length_exceeded',
        message:
          "This model's maximum context length is 128000 tokens. However, your messages resulted in 130500 tokens.",
      }),
      /^prompt is too long: 130500 tokens > 128000 maximum\. This model/,
    ],
    [
      error(400, {
        message:
          'The input token count (1,200,000) exceeds the maximum number of tokens allowed (1,048,576).',
      }),
      /^prompt is too long: 1200000 tokens > 1048576 maximum\./,
    ],
    [
      error(400, { code: 'context_length_exceeded', message: 'Too much.' }),
      /^prompt is too long: Too much\.$/,
    ],
    [
      error(400, { message: 'prompt is too long: 9 tokens > 8 maximum' }),
      /^prompt is too long: 9 tokens > 8 maximum$/,
    ],
    [error(500, { message: 'context length' }), /^context length$/],
    [error(503, { message: '' }), /^The upstream answered with status 503\.$/],
  ])('what is too long is told in words that clients know: %j', (upstream, words) => {
    const value = parseJson(renderUpstreamError(upstream, 'req_1').body);
    expect(value).toMatchObject({ error: { message: expect.stringMatching(words) } });
  });
});

describe('inside a stream', () => {
  test.each([
    Buffer.from(renderErrorEvent(new GatewayError('upstream_cut', 'Cut.'), 'req_1')),
    Buffer.from(writeErrorEvent(error(200, { type: 'api_error', message: 'Cut.' }), 'req_1')),
  ])('an event named error', (bytes) => {
    const { name, data } = readEvent(bytes);
    expect(name).toBe('error');
    expect(parseJson(data ?? '')).toMatchObject({
      type: 'error',
      error: { type: 'api_error', message: 'Cut.' },
    });
    expect(bytes.toString().endsWith('\n\n')).toBe(true);
  });

  test('the sign of life is a ping', () => {
    expect(readEvent(heartbeat())).toEqual({ name: 'ping', data: '{"type":"ping"}' });
  });
});

test('a count of tokens', () => {
  expect(renderTokenCount(12)).toBe('{"input_tokens":12}');
});

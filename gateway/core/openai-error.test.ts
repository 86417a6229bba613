import OpenAI from 'openai';
import { describe, expect, test } from 'vitest';
import { ERRORS, GatewayError, type ErrorCode } from './errors.ts';
import { renderOpenAiError as renderError, renderOpenAiUpstreamError } from './openai-error.ts';
import type { UpstreamError } from './upstream-error.ts';
import { openAiHeartbeat as heartbeat, renderOpenAiErrorEvent as renderErrorEvent } from './openai-stream.ts';

const PING = heartbeat();
const CHUNK =
  '{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}]}';

/** The official SDK reading what a gateway would send. */
async function sdkReads(
  bytes: Uint8Array,
  status = 200,
  headers: Readonly<Record<string, string>> = { 'content-type': 'text/event-stream' },
): Promise<unknown[]> {
  const answer = new Response(Buffer.from(bytes), { status, headers: new Headers(headers) });
  const client = new OpenAI({ apiKey: 'x', fetch: () => Promise.resolve(answer) });
  const stream = await client.chat.completions.create({ model: 'm', messages: [], stream: true });
  const seen: unknown[] = [];
  for await (const chunk of stream) seen.push(chunk);
  return seen;
}

describe('renderError', () => {
  test('the envelope, the headers', () => {
    const answer = renderError(new GatewayError('model_not_found', 'No "x".', { retryAfter: 1.2 }), 'req-1');
    expect(answer.status).toBe(404);
    expect(answer.headers).toEqual({
      'content-type': 'application/json; charset=utf-8',
      'x-request-id': 'req-1',
      'x-should-retry': 'false',
      'retry-after': '2',
    });
    expect(JSON.parse(answer.body)).toEqual({
      error: { message: 'No "x".', type: 'invalid_request_error', param: null, code: 'model_not_found' },
    });
  });

  test('without a known time there is no retry-after', () => {
    expect(renderError(new GatewayError('draining', 'x'), 'r').headers).not.toHaveProperty('retry-after');
  });

  const codes: ErrorCode[] = [
    'invalid_request',
    'authentication_error',
    'host_not_allowed',
    'rate_limit_exceeded',
    'internal_error',
  ];
  test.each(codes)('the SDK raises its own class for %s, at the first try', async (code) => {
    const { status, headers, body } = renderError(new GatewayError(code, 'Why.'), 'req-1');
    const failure: unknown = await sdkReads(Buffer.from(body), status, headers).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(OpenAI.APIError);
    expect(failure).toMatchObject({
      status: ERRORS[code].status,
      code,
      type: ERRORS[code].kind,
      requestID: 'req-1',
    });
  });
});

describe('inside a stream', () => {
  test('the SDK throws on the error event after what came before it', async () => {
    const event = renderErrorEvent(new GatewayError('upstream_cut', 'It broke\nin two.'));
    expect(Buffer.from(event).toString()).toMatch(/^data: [^\n]*\n\n$/);
    const failure: unknown = await sdkReads(Buffer.concat([Buffer.from(`data: ${CHUNK}\n\n`), event])).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(OpenAI.APIError);
    expect(failure).toMatchObject({ code: 'upstream_cut', error: { message: 'It broke\nin two.' } });
  });

  test('the SDK makes nothing of a heartbeat, wherever it stands', async () => {
    const chunk = Buffer.from(`data: ${CHUNK}\n\n`);
    const end = Buffer.from('data: [DONE]\n\n');
    const bytes = Buffer.concat([PING, PING, chunk, PING, chunk, PING, end]);
    expect(await sdkReads(bytes)).toHaveLength(2);
  });

  test('nor does a reader that only cuts at blank lines', () => {
    const parts = Buffer.from(PING).toString().split('\n\n');
    expect(parts.filter((part) => part.startsWith('data:'))).toEqual([]);
    expect(parts.at(-1)).toBe('');
  });
});

describe('an upstream of another dialect', () => {
  const upstream = (status: number, some: Partial<UpstreamError> = {}) =>
    renderOpenAiUpstreamError({ status, code: '', type: '', message: 'Why.', details: {}, ...some }, 'req-1');

  test.each<[number, Partial<UpstreamError>, number, object]>([
    [400, { type: 'invalid_request_error' }, 400, { type: 'invalid_request_error', code: null }],
    [
      400,
      { message: 'prompt is too long: 9 tokens > 5 maximum' },
      400,
      { type: 'invalid_request_error', code: 'context_length_exceeded' },
    ],
    [404, {}, 404, { type: 'invalid_request_error', code: 'model_not_found' }],
    [
      429,
      { type: 'RESOURCE_EXHAUSTED', code: '429' },
      429,
      { type: 'rate_limit_error', code: 'rate_limit_exceeded' },
    ],
    [429, { code: 'insufficient_quota' }, 429, { code: 'insufficient_quota' }],
    [529, { type: 'overloaded_error' }, 529, { type: 'server_error', code: null }],
    [200, { type: 'overloaded_error' }, 502, { type: 'server_error' }],
    [400, { details: { param: 'max_tokens' } }, 400, { param: 'max_tokens' }],
    [500, { message: '' }, 500, { message: 'The upstream answered with status 500.' }],
  ])('%i %j', (status, some, sent, expected) => {
    const answer = upstream(status, some);
    expect(answer.status).toBe(sent);
    expect(JSON.parse(answer.body)).toMatchObject({ error: expected });
  });
});

test('the member at fault is named', () => {
  const { body } = renderError(
    new GatewayError('invalid_request', 'x', { field: 'messages[2].content' }),
    'r',
  );
  expect(JSON.parse(body)).toMatchObject({ error: { param: 'messages[2].content' } });
});

/** The small members of the dialect. */
import { describe, expect, test } from 'vitest';
import { GatewayError } from '../../core/errors.ts';
import { scanBody } from '../../core/scan-body.ts';
import { openaiResponses } from './index.ts';

const NO_PATH = { model: null, streamed: null, framing: 'sse' } as const;
const scan = (text: string) => scanBody(Buffer.from(text));
const field = (run: () => unknown): string | undefined => {
  try {
    run();
  } catch (error) {
    if (error instanceof GatewayError) return error.field;
  }
  return undefined;
};

describe('requests of the same dialect', () => {
  test('model and stream are read; usage always comes', () => {
    expect(openaiResponses.readRequest(scan('{"model":"m","stream":true,"input":[]}'), NO_PATH)).toEqual({
      model: 'm',
      streamed: true,
      usageAsked: true,
    });
    expect(openaiResponses.readRequest(scan('{"model":null}'), NO_PATH)).toMatchObject({
      model: '',
      streamed: false,
    });
    expect(field(() => openaiResponses.readRequest(scan('{"model":5}'), NO_PATH))).toBe('model');
    expect(field(() => openaiResponses.readRequest(scan('{"stream":"yes"}'), NO_PATH))).toBe('stream');
  });

  test.each([
    ['{"input":"x", "model": "alias" }', '{"input":"x", "model": "real" }'],
    ['{"input":"x","model":"real"}', '{"input":"x","model":"real"}'],
    ['{"input":"x"}', '{"model":"real","input":"x"}'],
    ['{}', '{"model":"real"}'],
    ['{"model":null}', '{"model":"real"}'],
  ])('%s', (body, sent) => {
    const prepared = openaiResponses.prepareRequest(scan(body), { model: 'real', addUsageOption: true });
    expect(Buffer.concat(prepared.chunks).toString()).toBe(sent);
    expect(prepared.length).toBe(sent.length);
  });
});

describe('judging answers', () => {
  const judge = (body: string, type = 'application/json') =>
    openaiResponses.judgeAnswer(Buffer.from(body), type);

  test.each(['completed', 'incomplete', 'in_progress'])('%s is an answer', (status) => {
    const verdict = judge(
      JSON.stringify({ status, model: 'm', output: [], usage: { input_tokens: 1, output_tokens: 2 } }),
    );
    expect(verdict).toMatchObject({
      kind: 'answer',
      facts: { finishReason: status, model: 'm', usage: { input: 1 } },
    });
  });

  test.each([
    [{ status: 'failed', output: [], error: { code: 'server_error', message: 'Broken' } }, 'Broken'],
    [{ status: 'cancelled', output: [] }, 'failed'],
    [{ error: { message: 'Bad key' } }, 'Bad key'],
    [{ detail: 'Not here' }, 'Not here'],
  ])('%j is an error', (body, message) => {
    expect(judge(JSON.stringify(body))).toMatchObject({
      kind: 'error',
      error: { message: expect.stringContaining(message) },
    });
  });

  test.each(['', '[]', '{}', '{"output":', '<html><title>x</title></html>', 'event: x', 'hello'])(
    '%j is none',
    (body) => {
      expect(judge(body)).toMatchObject({ kind: 'invalid', why: { text: expect.any(String) } });
    },
  );
});

describe('what the gateway says itself', () => {
  const error = new GatewayError('unsupported_feature', 'Not here.', { field: 'conversation' });

  test('an error names the field', () => {
    const { status, body, headers } = openaiResponses.renderError(error, 'req_1');
    expect(status).toBe(400);
    expect(headers['x-should-retry']).toBe('false');
    expect(JSON.parse(body)).toMatchObject({ error: { message: 'Not here.', param: 'conversation' } });
  });

  test('an error in a stream of which nothing is known', () => {
    const text = Buffer.from(openaiResponses.renderErrorEvent(error, 'req_1', 'sse')).toString();
    expect(text).toMatch(/^event: error\ndata: .*\n\nevent: response\.failed\ndata: .*"id":"resp_1".*\n\n$/);
  });

  test('a sign of life is a comment', () => {
    expect(Buffer.from(openaiResponses.heartbeat('sse')).toString()).toBe(': ping\n\n');
    expect(openaiResponses.streamType('sse')).toContain('text/event-stream');
  });

  test('token counts', () => {
    expect(openaiResponses.renderTokenCount?.(12)).toBe(
      '{"object":"response.input_tokens","input_tokens":12}',
    );
  });
});

test('counting asks with what the call takes', () => {
  const { counting } = openaiResponses;
  expect(counting?.url('https://a.test/v1', 'm')).toBe('https://a.test/v1/responses/input_tokens');
  const chat = {
    model: 'alias',
    input: 'x',
    stream: true,
    store: false,
    max_output_tokens: 5,
    instructions: 'y',
  };
  expect(counting?.body(chat, 'm')).toEqual({ model: 'm', input: 'x', instructions: 'y' });
  expect(counting?.read({ object: 'response.input_tokens', input_tokens: 16 })).toBe(16);
  expect(counting?.read({ error: {} })).toBeUndefined();
});

test('addresses', () => {
  expect(openaiResponses.chatUrl('https://a.test/v1', 'm', true)).toBe('https://a.test/v1/responses');
  expect(openaiResponses.modelsUrl('https://a.test/v1')).toBe('https://a.test/v1/models');
});

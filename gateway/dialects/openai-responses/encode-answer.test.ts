import { describe, expect, test } from 'vitest';
import type { Tool } from '../../core/canonical/request.ts';
import { unwrapSignature, wrapSignature, type Signature } from '../../core/canonical/signature.ts';
import type { FinishReason, StreamPart } from '../../core/canonical/stream-parts.ts';
import { isArray, isObject, parseJson, type JsonObject } from '../../core/json.ts';
import { decodeRequest } from './decode-request.ts';
import { encodeAnswer, encodeStream } from './encode-answer.ts';
import { contextOf } from '../../testing/answer-context.ts';

const START: StreamPart = { kind: 'response-start', id: 'up_1', model: 'm' };
const IMAGE: StreamPart = {
  kind: 'media',
  media: 'image',
  source: { kind: 'data', mediaType: 'image/png', base64: 'AAAA' },
};
const text = (value: string): StreamPart => ({ kind: 'text-delta', text: value });
const call = (index: number, more: object = {}): StreamPart => ({
  kind: 'tool-call-start',
  index,
  id: `call_${index}`,
  name: 'weather',
  custom: false,
  ...more,
});

/** The events of a text, each with its event line checked. */
function eventsOf(written: string): readonly JsonObject[] {
  return written
    .split('\n\n')
    .filter((event) => event !== '')
    .map((event) => {
      const [line = '', data = ''] = event.split('\n');
      const value = parseJson(data.replace(/^data: /, ''));
      if (!isObject(value)) throw new Error(event);
      expect(line).toBe(`event: ${String(value['type'])}`);
      return value;
    });
}

function stream(parts: readonly StreamPart[], tools: readonly Tool[] = []) {
  const encoder = encodeStream(contextOf(tools));
  const written = parts.map((part) => encoder.encode(part)).join('');
  const events = eventsOf(written + encoder.end());
  return {
    events,
    types: events.map(({ type }) => String(type).replace('response.', '')),
    last: events.at(-1) ?? {},
  };
}

const responseOf = (event: JsonObject): JsonObject => (isObject(event['response']) ? event['response'] : {});
const outputOf = (event: JsonObject): readonly unknown[] => {
  const { output } = responseOf(event);
  return isArray(output) ? output : [];
};

describe('the order of events', () => {
  test('text', () => {
    const { types, events } = stream([START, text('Hel'), text('lo'), { kind: 'finish', reason: 'stop' }]);
    expect(types).toEqual([
      'created',
      'in_progress',
      'output_item.added',
      'content_part.added',
      'output_text.delta',
      'output_text.delta',
      'output_text.done',
      'content_part.done',
      'output_item.done',
      'completed',
    ]);
    expect(events.map((event) => event['sequence_number'])).toEqual(events.map((_, index) => index));
    expect(responseOf(events[0] ?? {})).toMatchObject({
      status: 'in_progress',
      model: 'm',
      output: [],
      usage: null,
    });
  });

  test('reasoning, its text as a summary and its proof at the end', () => {
    const signature: Signature = { format: 'anthropic', value: 's', id: null, origin: null };
    const { types, last } = stream([
      START,
      { kind: 'reasoning-start' },
      { kind: 'reasoning-delta', text: 'Hm' },
      { kind: 'reasoning-delta', text: '.' },
      { kind: 'reasoning-end', signature },
    ]);
    expect(types.slice(2, -1)).toEqual([
      'output_item.added',
      'reasoning_summary_part.added',
      'reasoning_summary_text.delta',
      'reasoning_summary_text.delta',
      'reasoning_summary_text.done',
      'reasoning_summary_part.done',
      'output_item.done',
    ]);
    expect(outputOf(last)).toEqual([
      {
        id: expect.stringMatching(/^rs_/),
        type: 'reasoning',
        summary: [{ type: 'summary_text', text: 'Hm.' }],
        encrypted_content: wrapSignature(signature),
      },
    ]);
  });

  test('calls that are open at once', () => {
    const { events, types, last } = stream([
      START,
      text('Well'),
      call(0),
      call(1, { name: 'patch', custom: true }),
      { kind: 'tool-call-delta', index: 1, text: '***' },
      { kind: 'tool-call-delta', index: 0, text: '{"a":1}' },
      { kind: 'tool-call-end', index: 1 },
      { kind: 'tool-call-end', index: 0 },
    ]);
    expect(types.slice(7, -1)).toEqual([
      'output_item.done',
      'output_item.added',
      'output_item.added',
      'custom_tool_call_input.delta',
      'function_call_arguments.delta',
      'custom_tool_call_input.done',
      'output_item.done',
      'function_call_arguments.done',
      'output_item.done',
    ]);
    expect(events.filter(({ delta }) => delta !== undefined).map((event) => event['output_index'])).toEqual([
      0, 2, 1,
    ]);
    expect(outputOf(last)).toMatchObject([
      { type: 'message' },
      {
        type: 'function_call',
        call_id: 'call_0',
        name: 'weather',
        arguments: '{"a":1}',
        status: 'completed',
      },
      { type: 'custom_tool_call', call_id: 'call_1', name: 'patch', input: '***', status: 'completed' },
    ]);
  });

  test('a refusal is a part of its message', () => {
    const { types, last } = stream([START, text('Hm. '), { kind: 'refusal-delta', text: 'No.' }]);
    expect(types.filter((type) => type === 'output_item.added')).toHaveLength(1);
    expect(types).toContain('refusal.delta');
    expect(outputOf(last)).toMatchObject([
      {
        content: [
          { type: 'output_text', text: 'Hm. ' },
          { type: 'refusal', refusal: 'No.' },
        ],
      },
    ]);
  });

  test('a citation within the text', () => {
    const cite: StreamPart = { kind: 'citation', url: 'https://a.test/', title: 'A', start: 5, end: 8 };
    const { events, last } = stream([
      START,
      text('Hello'),
      call(0),
      { kind: 'tool-call-end', index: 0 },
      text('Yes'),
      cite,
    ]);
    const annotation = {
      type: 'url_citation',
      url: 'https://a.test/',
      title: 'A',
      start_index: 0,
      end_index: 3,
    };
    expect(events.find(({ type }) => type === 'response.output_text.annotation.added')).toMatchObject({
      output_index: 2,
      annotation_index: 0,
      annotation,
    });
    expect(outputOf(last)[2]).toMatchObject({ content: [{ text: 'Yes', annotations: [annotation] }] });
  });

  test('an image, for a client that knows the tool which makes them here', () => {
    const { types, last } = stream([START, IMAGE], [{ kind: 'hosted', name: 'image_generation' }]);
    expect(types.slice(2, -1)).toEqual(['output_item.added', 'output_item.done']);
    expect(outputOf(last)).toMatchObject([{ type: 'image_generation_call', result: 'AAAA' }]);
  });

  test('words in its place for others, which move no citation', () => {
    const cited = { kind: 'citation', url: 'https://a.test/', title: 'A', start: 3, end: 5 } as const;
    const { last } = stream([START, text('One'), IMAGE, text('Two'), cited]);
    const words = (value: unknown) => ({ type: 'message', content: [{ type: 'output_text', text: value }] });
    expect(outputOf(last)).toMatchObject([
      words('One'),
      words(expect.stringMatching(/^\[An image .* image_generation.*\]$/)),
      { content: [{ text: 'Two', annotations: [{ start_index: 0, end_index: 2 }] }] },
    ]);
  });

  test('each part goes out at once, and nothing ends before the end', () => {
    const encoder = encodeStream(contextOf());
    expect(eventsOf(encoder.encode(START))).toHaveLength(2);
    expect(eventsOf(encoder.encode(text('Hi'))).at(-1)).toMatchObject({ delta: 'Hi' });
    expect(encoder.encode({ kind: 'finish', reason: 'stop' })).toBe('');
    const usage = { input: 1, cacheRead: 0, cacheWrite: 0, output: 1, reasoning: 0 };
    expect(encoder.encode({ kind: 'usage', usage })).toBe('');
    expect(encoder.end()).toContain('response.completed');
  });

  test('further answers beside the first have no place', () => {
    const { last } = stream([
      START,
      text('One'),
      { kind: 'text-delta', text: 'Two', candidate: 1 },
      { kind: 'finish', reason: 'stop' },
      { kind: 'finish', reason: 'length', candidate: 1 },
    ]);
    expect(last).toMatchObject({ type: 'response.completed' });
    expect(outputOf(last)).toMatchObject([{ content: [{ text: 'One' }] }]);
  });
});

describe('the end', () => {
  test.each<[FinishReason, string, string | null]>([
    ['stop', 'completed', null],
    ['stop-sequence', 'completed', null],
    ['tool-calls', 'completed', null],
    ['paused', 'completed', null],
    ['length', 'incomplete', 'max_output_tokens'],
    ['context-full', 'incomplete', 'max_output_tokens'],
    ['filtered', 'incomplete', 'content_filter'],
    // No refusal in words: only the status can tell.
    ['refused', 'incomplete', 'content_filter'],
  ])('%s', (reason, status, why) => {
    const { last } = stream([START, text('Hi'), { kind: 'finish', reason }]);
    expect(last).toMatchObject({
      type: `response.${status}`,
      response: { status, incomplete_details: why === null ? null : { reason: why } },
    });
    expect(outputOf(last)).toMatchObject([{ status: status === 'completed' ? 'completed' : 'incomplete' }]);
  });

  test('a call that nobody can read is a failure', () => {
    const { types, last } = stream([START, { kind: 'finish', reason: 'broken-call' }]);
    expect(types.slice(-2)).toEqual(['error', 'failed']);
    expect(last).toMatchObject({ response: { status: 'failed', error: { code: 'server_error' } } });
    expect(parseJson(encodeAnswer([{ kind: 'finish', reason: 'broken-call' }], contextOf()))).toMatchObject({
      status: 'failed',
      error: { code: 'server_error' },
    });
  });

  test('usage, the last of several', () => {
    const usage = { input: 10, cacheRead: 4, cacheWrite: 2, output: 7, reasoning: 3 };
    const { last } = stream([
      START,
      { kind: 'usage', usage: { ...usage, input: 1 } },
      { kind: 'finish', reason: 'stop' },
      { kind: 'usage', usage },
    ]);
    expect(responseOf(last)['usage']).toEqual({
      input_tokens: 10,
      input_tokens_details: { cached_tokens: 4, cache_write_tokens: 2 },
      output_tokens: 7,
      output_tokens_details: { reasoning_tokens: 3 },
      total_tokens: 17,
    });
  });

  test('a failure is told twice, and goes on with numbers and id', () => {
    const encoder = encodeStream(contextOf());
    const first = eventsOf(encoder.encode(START) + encoder.encode(text('Hi')));
    const error = { status: 429, code: '', type: 'rate_limit_error', message: 'Slow down', details: {} };
    const [told, failed] = eventsOf(encoder.fail(error));
    expect(told).toMatchObject({
      type: 'error',
      sequence_number: first.length,
      error: { type: 'rate_limit_error', code: 'rate_limit_exceeded', message: 'Slow down', param: null },
    });
    expect(failed).toMatchObject({
      type: 'response.failed',
      sequence_number: first.length + 1,
      response: {
        id: responseOf(first[0] ?? {})['id'],
        status: 'failed',
        error: { code: 'rate_limit_exceeded', message: 'Slow down' },
      },
    });
  });

  test('a call cut off within its arguments is not whole', () => {
    const { last } = stream([
      START,
      call(0),
      { kind: 'tool-call-delta', index: 0, text: '{"a' },
      { kind: 'finish', reason: 'length' },
    ]);
    expect(outputOf(last)).toMatchObject([{ arguments: '{"a', status: 'incomplete' }]);
  });
});

test('a tool of a group is called by its own name beside the group', () => {
  const tool: Tool = {
    kind: 'function',
    name: 'maps__weather',
    description: '',
    schema: null,
    strict: null,
    namespace: { name: 'maps', tool: 'weather' },
  };
  const { last } = stream(
    [START, call(0, { name: 'maps__weather' }), { kind: 'tool-call-end', index: 0 }],
    [tool],
  );
  expect(outputOf(last)).toMatchObject([{ namespace: 'maps', name: 'weather', arguments: '{}' }]);
});

test('what Gemini binds to texts and calls comes back with them', () => {
  const bound = (value: string): Signature => ({
    format: 'gemini',
    value,
    id: null,
    origin: { provider: 'google', model: 'g', key: 'k' },
  });
  const parts: readonly StreamPart[] = [
    START,
    { kind: 'reasoning-start' },
    { kind: 'reasoning-delta', text: 'Hm.' },
    { kind: 'reasoning-end', signature: bound('r') },
    text('Hi'),
    { kind: 'text-signature', signature: bound('t') },
    call(0, { signature: bound('c') }),
    { kind: 'tool-call-end', index: 0 },
    { kind: 'finish', reason: 'tool-calls' },
  ];
  const answer = parseJson(encodeAnswer(parts, contextOf()));
  const output = isObject(answer) ? answer['output'] : undefined;
  const proofs = (isArray(output) ? output : []).flatMap((item) =>
    isObject(item) ? [item['encrypted_content']] : [],
  );
  expect(proofs.map((proof) => (typeof proof === 'string' ? unwrapSignature(proof)?.value : proof))).toEqual([
    'r',
    undefined,
    't',
    'c',
    undefined,
  ]);
  const facts = { model: 'm', streamed: true, usageAsked: true };
  expect(decodeRequest({ model: 'm', input: output }, facts, () => undefined).turns).toEqual([
    {
      role: 'assistant',
      parts: [
        { kind: 'reasoning', text: 'Hm.', signature: bound('r') },
        { kind: 'text', text: 'Hi', signature: bound('t') },
        {
          kind: 'tool-call',
          id: 'call_0',
          name: 'weather',
          input: '{}',
          custom: false,
          signature: bound('c'),
        },
      ],
    },
  ]);
});

import { describe, expect, test } from 'vitest';
import { NO_SETTINGS } from '../../core/canonical/request.ts';
import { unwrapSignature } from '../../core/canonical/signature.ts';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import type { AnswerContext } from '../../core/client-shape.ts';
import { isObject, parseJson } from '../../core/json.ts';
import { readEvent, splitEvents } from '../../core/sse.ts';
import { encodeAnswer } from './encode-answer.ts';
import { encodeStream } from './encode-stream.ts';

const context = (stop: readonly string[] = []): AnswerContext => ({
  requestId: 'req_1',
  request: {
    model: 'asked',
    streamed: true,
    system: [],
    turns: [],
    tools: [],
    settings: { ...NO_SETTINGS, stop },
  },
  usageAsked: true,
  framing: 'sse',
  created: 0,
  newId: (prefix) => `${prefix}fresh`,
});

/** Events as `name` or `name:what`, as they come out of each part. */
function steps(...parts: readonly StreamPart[]): readonly string[] {
  const encoder = encodeStream(context());
  return [...parts.map((part) => encoder.encode(part)), encoder.end()].map(brief);
}

function brief(events: string): string {
  return splitEvents(Buffer.from(events))
    .events.map((event) => {
      const { name, data } = readEvent(event);
      const value = parseJson(data ?? '');
      if (!isObject(value)) throw new Error(`no data in ${name}`);
      const { delta, content_block: block, index } = value;
      const detail = isObject(delta)
        ? (delta['text'] ?? delta['thinking'] ?? delta['partial_json'] ?? delta['stop_reason'] ?? 'signature')
        : isObject(block)
          ? block['type']
          : '';
      return [name.replace('content_block_', ''), index, detail]
        .filter((word) => word !== undefined && word !== '')
        .join(' ');
    })
    .join(', ');
}

const opened: StreamPart = { kind: 'response-start', id: 'chatcmpl-1', model: 'served' };
const text = (value: string): StreamPart => ({ kind: 'text-delta', text: value });
const call = (index: number): StreamPart => ({
  kind: 'tool-call-start',
  index,
  id: `c${index}`,
  name: 'f',
  custom: false,
});
const piece = (index: number, value: string): StreamPart => ({ kind: 'tool-call-delta', index, text: value });
const done = (index: number): StreamPart => ({ kind: 'tool-call-end', index });
const finish = (reason: Extract<StreamPart, { kind: 'finish' }>['reason']): StreamPart => ({
  kind: 'finish',
  reason,
});

test('every part goes out at once', () => {
  expect(steps(opened, text('a'), text('b'), finish('stop'))).toEqual([
    'message_start',
    'start 0 text, delta 0 a',
    'delta 0 b',
    'stop 0',
    'message_delta end_turn, message_stop',
  ]);
});

test('thoughts, text and calls are blocks of their own', () => {
  expect(
    steps(
      opened,
      { kind: 'reasoning-start' },
      { kind: 'reasoning-delta', text: 'hm' },
      { kind: 'reasoning-end', signature: { format: 'openai', value: 'x', id: null, origin: null } },
      text('a'),
      call(0),
      piece(0, '{}'),
      done(0),
      finish('tool-calls'),
    ),
  ).toEqual([
    'message_start',
    '',
    'start 0 thinking, delta 0 hm',
    'delta 0 signature, stop 0',
    'start 1 text, delta 1 a',
    'stop 1, start 2 tool_use',
    'delta 2 {}',
    'stop 2',
    '',
    'message_delta tool_use, message_stop',
  ]);
});

test('of calls that interleave the first is written at once, the others wait for their turn', () => {
  expect(
    steps(
      opened,
      call(0),
      call(1),
      piece(1, '{"b"'),
      piece(0, '{"a"'),
      text('t'),
      piece(0, ':1}'),
      done(1),
      done(0),
      finish('tool-calls'),
    ),
  ).toEqual([
    'message_start',
    'start 0 tool_use',
    '',
    '',
    'delta 0 {"a"',
    '',
    'delta 0 :1}',
    '',
    'stop 0, start 1 tool_use, delta 1 {"b", stop 1, start 2 text, delta 2 t',
    'stop 2',
    'message_delta tool_use, message_stop',
  ]);
});

test('a thought without words is a block for its signature; without either it is nothing', () => {
  const signature = { format: 'gemini', value: 'x', id: null, origin: null } as const;
  expect(
    steps(
      opened,
      { kind: 'reasoning-start' },
      { kind: 'reasoning-end', signature: null },
      { kind: 'reasoning-start' },
      { kind: 'reasoning-end', signature },
    ),
  ).toEqual([
    'message_start',
    '',
    '',
    '',
    'start 0 thinking, delta 0 signature, stop 0',
    'message_delta end_turn, message_stop',
  ]);
});

test('the end is written by end() only, and also where nothing came', () => {
  expect(steps()).toEqual(['message_start, message_delta end_turn, message_stop']);
});

describe('whole answers and the last events', () => {
  const counts = { input: 30, cacheRead: 20, cacheWrite: 4, output: 5, reasoning: 2 };
  const answer = (parts: readonly StreamPart[], stop: readonly string[] = []) => {
    const value = parseJson(encodeAnswer(parts, context(stop)));
    if (!isObject(value)) throw new Error('not an object');
    return value;
  };

  test('the message', () => {
    expect(answer([opened, text('a'), { kind: 'usage', usage: counts }, finish('stop')])).toEqual({
      id: 'msg_fresh',
      type: 'message',
      role: 'assistant',
      model: 'served',
      content: [{ type: 'text', text: 'a' }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      stop_details: null,
      usage: {
        input_tokens: 6,
        cache_creation_input_tokens: 4,
        cache_read_input_tokens: 20,
        output_tokens: 5,
        output_tokens_details: { thinking_tokens: 2 },
      },
    });
  });

  test('an id of this dialect stays, a model that is not told is the one asked for', () => {
    expect(answer([{ kind: 'response-start', id: 'msg_7', model: '' }])).toMatchObject({
      id: 'msg_7',
      model: 'asked',
    });
  });

  test('figures that come after the end still stand in the stream', () => {
    const encoder = encodeStream(context());
    for (const part of [opened, finish('stop'), { kind: 'usage', usage: counts } as const])
      encoder.encode(part);
    expect(encoder.end()).toContain('"cache_read_input_tokens":20');
  });

  test.each<[readonly StreamPart[], readonly string[], object]>([
    [[{ kind: 'finish', reason: 'stop-sequence', stopSequence: 'B' }], ['A', 'B'], { stop_sequence: 'B' }],
    [[finish('stop-sequence')], ['A'], { stop_reason: 'stop_sequence', stop_sequence: 'A' }],
    [[finish('stop-sequence')], ['A', 'B'], { stop_sequence: null }],
    [
      [{ kind: 'refusal-delta', text: 'No.' }, finish('stop')],
      [],
      {
        content: [{ type: 'text', text: 'No.' }],
        stop_reason: 'refusal',
        stop_details: { explanation: 'No.' },
      },
    ],
    [
      [text('a'), { kind: 'text-delta', text: 'second answer', candidate: 1 }],
      [],
      { content: [{ text: 'a' }] },
    ],
    [
      [text('a'), { kind: 'citation', url: 'https://s', title: 'S', start: 0, end: 1 }],
      [],
      {
        content: [
          { text: 'a', citations: [{ type: 'web_search_result_location', url: 'https://s', title: 'S' }] },
        ],
      },
    ],
    [
      [{ kind: 'media', media: 'image', source: { kind: 'data', mediaType: 'image/png', base64: '' } }],
      [],
      { content: [{ type: 'text', text: expect.stringContaining('image') }] },
    ],
  ])('%j', (parts, stop, expected) => {
    expect(answer([opened, ...parts], stop)).toMatchObject(expected);
  });

  test('signatures are wrapped with their origin', () => {
    const signature = {
      format: 'openai',
      value: 'x',
      id: 'rs_1',
      origin: { provider: 'o', model: 'm', key: 'k' },
    } as const;
    const { content } = answer([{ kind: 'reasoning-start' }, { kind: 'reasoning-end', signature }]);
    const [block] = Array.isArray(content) ? content : [];
    expect(block).toMatchObject({ type: 'thinking', thinking: '' });
    expect(unwrapSignature(String(block.signature))).toEqual(signature);
  });

  test('arguments that nobody can read are an error, unless a limit cut them', () => {
    const broken = [opened, call(0), piece(0, '{"a":'), done(0)];
    expect(() => answer([...broken, finish('tool-calls')])).toThrow(
      expect.objectContaining({ code: 'upstream_invalid_response' }),
    );
    expect(answer([...broken, finish('length')])).toMatchObject({ content: [], stop_reason: 'max_tokens' });
    for (const nothing of [[], [piece(0, 'null')]]) {
      const whole = answer([opened, call(0), ...nothing, done(0)]);
      expect(whole).toMatchObject({ content: [{ type: 'tool_use', input: {} }] });
    }
  });
});

test('a failure is an event named error', () => {
  const failure = encodeStream(context()).fail({
    status: 200,
    code: '',
    type: 'overloaded_error',
    message: 'Full.',
    details: {},
  });
  const { name, data } = readEvent(Buffer.from(failure));
  expect([name, parseJson(data ?? '')]).toEqual([
    'error',
    { type: 'error', error: { type: 'overloaded_error', message: 'Full.' }, request_id: 'req_1' },
  ]);
});

test('the free text of a call is its one argument: clients read JSON', () => {
  const free: StreamPart = { kind: 'tool-call-start', index: 0, id: 'c0', name: 'f', custom: true };
  expect(steps(opened, free, piece(0, 'say "'), piece(0, 'hi"\n'), done(0), finish('tool-calls'))).toEqual([
    'message_start',
    'start 0 tool_use, delta 0 {"input":"',
    'delta 0 say \\"',
    'delta 0 hi\\"\\n',
    'delta 0 "}, stop 0',
    '',
    'message_delta tool_use, message_stop',
  ]);
});

import { describe, expect, test } from 'vitest';
import { unwrapSignature, type Signature } from '../../core/canonical/signature.ts';
import { NO_SETTINGS } from '../../core/canonical/request.ts';
import type { FinishReason, StreamPart } from '../../core/canonical/stream-parts.ts';
import type { AnswerContext } from '../../core/client-shape.ts';
import { isArray, isObject, parseJson, type JsonObject } from '../../core/json.ts';
import { decodeRequest } from './decode-request.ts';
import { encodeAnswer } from './encode-answer.ts';
import { encodeStream } from './encode-stream.ts';

const context = (usageAsked = false): AnswerContext => ({
  requestId: 'req_1',
  request: { model: 'asked', streamed: true, system: [], turns: [], tools: [], settings: NO_SETTINGS },
  usageAsked,
  framing: 'sse',
  created: 1_790_000_000,
  newId: (prefix) => `${prefix}x`,
});
const SIGNATURE: Signature = {
  format: 'gemini',
  value: 'sig',
  id: null,
  origin: { provider: 'p', model: 'm', key: 'k' },
};
const USAGE: StreamPart = {
  kind: 'usage',
  usage: { input: 3, cacheRead: 1, cacheWrite: 0, output: 4, reasoning: 2 },
};
const start = (index: number, more: object = {}): StreamPart => ({
  kind: 'tool-call-start',
  index,
  id: `call_${index}`,
  name: 'f',
  custom: false,
  ...more,
});

function stream(parts: readonly StreamPart[], usageAsked = false): readonly unknown[] {
  const encoder = encodeStream(context(usageAsked));
  const written = parts.map((part) => encoder.encode(part)).join('') + encoder.end();
  return written
    .trimEnd()
    .split('\n\n')
    .map((event) => event.replace(/^data: /, ''))
    .map((data) => parseJson(data) ?? data);
}
const object = (value: unknown): JsonObject => (isObject(value) ? value : {});
const first = (value: unknown): JsonObject => object(isArray(value) ? value[0] : undefined);
const deltas = (parts: readonly StreamPart[]): readonly JsonObject[] =>
  stream(parts)
    .map((chunk) => object(first(object(chunk)['choices'])['delta']))
    .filter((delta) => Object.keys(delta).length > 0)
    .slice(1);
const message = (parts: readonly StreamPart[]): JsonObject =>
  object(first(object(parseJson(encodeAnswer(parts, context())))['choices'])['message']);

describe('a stream', () => {
  test('opens with the role, names the model that answered and ends with the terminator', () => {
    const chunks = stream([
      { kind: 'response-start', id: 'u', model: 'answered' },
      { kind: 'text-delta', text: 'Hi' },
      USAGE,
      { kind: 'finish', reason: 'stop' },
    ]);
    const head = {
      id: 'chatcmpl-x',
      object: 'chat.completion.chunk',
      created: 1_790_000_000,
      model: 'answered',
    };
    const choice = { index: 0, logprobs: null, finish_reason: null };
    expect(chunks).toEqual([
      { ...head, choices: [{ ...choice, delta: { role: 'assistant', content: '', refusal: null } }] },
      { ...head, choices: [{ ...choice, delta: { content: 'Hi' } }] },
      { ...head, choices: [{ ...choice, delta: {}, finish_reason: 'stop' }] },
      '[DONE]',
    ]);
  });

  test('tells usage to who asked, in a chunk of its own', () => {
    const chunks = stream(
      [{ kind: 'text-delta', text: 'Hi' }, { kind: 'finish', reason: 'stop' }, USAGE],
      true,
    );
    expect(chunks.slice(0, -2).map((chunk) => object(chunk)['usage'])).toEqual([null, null, null]);
    expect(chunks.at(-2)).toMatchObject({
      choices: [],
      usage: {
        prompt_tokens: 3,
        completion_tokens: 4,
        total_tokens: 7,
        prompt_tokens_details: { cached_tokens: 1 },
        completion_tokens_details: { reasoning_tokens: 2 },
      },
    });
  });

  test('counts calls anew in each choice', () => {
    const parts: readonly StreamPart[] = [start(0), start(1, { candidate: 1 }), start(2)];
    const places = stream(parts).flatMap((chunk) => {
      const choice = first(object(chunk)['choices']);
      const call = first(object(choice['delta'])['tool_calls']);
      return call['id'] === undefined ? [] : [[choice['index'], call['index'], call['id']]];
    });
    expect(places).toEqual([
      [0, 0, 'call_0'],
      [1, 0, 'call_1'],
      [0, 1, 'call_2'],
    ]);
  });

  test('a failure is an error event and no terminator', () => {
    const error = { status: 529, code: '', type: 'overloaded_error', message: 'Overloaded', details: {} };
    const written = encodeStream(context()).fail(error);
    expect(parseJson(written.replace(/^data: /, ''))).toEqual({
      error: { message: 'Overloaded', type: 'server_error', param: null, code: null },
    });
  });
});

describe('whole and streamed alike', () => {
  test('arguments that never came are an empty object', () => {
    const parts: readonly StreamPart[] = [start(0), { kind: 'tool-call-end', index: 0 }];
    expect(message(parts)['tool_calls']).toEqual([
      { id: 'call_0', type: 'function', function: { name: 'f', arguments: '{}' } },
    ]);
    expect(deltas(parts)).toEqual([
      { tool_calls: [{ index: 0, id: 'call_0', type: 'function', function: { name: 'f', arguments: '' } }] },
      { tool_calls: [{ index: 0, function: { arguments: '{}' } }] },
    ]);
  });

  test('custom calls', () => {
    const parts: readonly StreamPart[] = [
      start(0, { custom: true }),
      { kind: 'tool-call-delta', index: 0, text: '*** ' },
      { kind: 'tool-call-delta', index: 0, text: 'Begin' },
      { kind: 'tool-call-end', index: 0 },
    ];
    expect(message(parts)['tool_calls']).toEqual([
      { id: 'call_0', type: 'custom', custom: { name: 'f', input: '*** Begin' } },
    ]);
    expect(deltas(parts)[1]).toEqual({ tool_calls: [{ index: 0, custom: { input: '*** ' } }] });
  });

  test('sources and pictures', () => {
    const parts: readonly StreamPart[] = [
      { kind: 'citation', url: 'https://a.example', title: 'A', start: -1, end: -1 },
      { kind: 'media', media: 'image', source: { kind: 'data', mediaType: 'image/png', base64: 'aGk=' } },
    ];
    const expected = {
      annotations: [
        {
          type: 'url_citation',
          url_citation: { url: 'https://a.example', title: 'A', start_index: 0, end_index: 0 },
        },
      ],
      images: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,aGk=' } }],
    };
    expect(message(parts)).toMatchObject(expected);
    expect(Object.assign({}, ...deltas(parts))).toEqual(expected);
  });

  test.each<[FinishReason, readonly StreamPart[], string]>([
    ['stop', [start(0)], 'tool_calls'],
    ['tool-calls', [start(0)], 'tool_calls'],
    ['length', [start(0)], 'length'],
    ['stop-sequence', [], 'stop'],
    ['context-full', [], 'length'],
    ['filtered', [], 'content_filter'],
    ['refused', [], 'content_filter'],
    ['refused', [{ kind: 'refusal-delta', text: 'No.' }], 'stop'],
    ['paused', [], 'stop'],
  ])('%s after %j', (reason, parts, expected) => {
    const all: readonly StreamPart[] = [...parts, { kind: 'finish', reason }];
    const answer = object(parseJson(encodeAnswer(all, context())));
    expect(first(answer['choices'])['finish_reason']).toBe(expected);
    expect(first(object(stream(all).at(-2))['choices'])['finish_reason']).toBe(expected);
  });

  test('content is null beside calls and refusals, and else a text', () => {
    expect(message([])).toMatchObject({ content: '', refusal: null });
    expect(message([start(0)])).toMatchObject({ content: null });
    expect(message([{ kind: 'refusal-delta', text: 'No.' }])).toMatchObject({
      content: null,
      refusal: 'No.',
    });
  });
});

describe('signatures that a client is to bring back', () => {
  const PARTS: readonly StreamPart[] = [
    { kind: 'reasoning-start' },
    { kind: 'reasoning-delta', text: 'h' },
    { kind: 'reasoning-delta', text: 'm' },
    { kind: 'reasoning-end', signature: SIGNATURE },
    { kind: 'reasoning-start' },
    { kind: 'reasoning-end', signature: SIGNATURE },
    { kind: 'text-delta', text: 'Four.' },
    { kind: 'text-signature', signature: SIGNATURE },
    start(0, { signature: SIGNATURE }),
    { kind: 'tool-call-end', index: 0 },
  ];

  test('stand in entries of their own, with the text they belong to', () => {
    const details = message(PARTS)['reasoning_details'];
    const entries = isArray(details) ? details.map(object) : [];
    expect(entries).toMatchObject([
      { type: 'reasoning.text', text: 'hm', format: 'unknown', index: 0 },
      { type: 'reasoning.encrypted', id: null, index: 1 },
      { type: 'reasoning.encrypted', id: 'text', index: 2 },
      { type: 'reasoning.encrypted', id: 'call_0', index: 3 },
    ]);
    for (const { data, signature } of entries) {
      const proof = data ?? signature;
      expect(unwrapSignature(typeof proof === 'string' ? proof : '')).toEqual(SIGNATURE);
    }
  });

  test('and mean the same when the message comes back', () => {
    const messages = [{ role: 'user', content: 'hi' }, message(PARTS)];
    const facts = { model: 'm', streamed: false, usageAsked: false };
    const { turns } = decodeRequest({ messages }, facts, ({ text }) => expect.fail(text));
    expect(turns[1]?.parts).toEqual([
      { kind: 'reasoning', text: 'hm', signature: SIGNATURE },
      { kind: 'reasoning', text: '', signature: SIGNATURE },
      { kind: 'text', text: 'Four.', signature: SIGNATURE },
      { kind: 'tool-call', id: 'call_0', name: 'f', input: '{}', custom: false, signature: SIGNATURE },
    ]);
  });
});

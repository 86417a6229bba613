import { describe, expect, test } from 'vitest';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import { encodeAnswer } from './encode-answer.ts';
import { encodeStream } from './encode-stream.ts';
import { contextOf } from './testing/context.ts';

const call = (index: number, text: string, more: object = {}): readonly StreamPart[] => [
  { kind: 'tool-call-start', index, id: `c${index}`, name: 'f', custom: false, ...more },
  { kind: 'tool-call-delta', index, text },
  { kind: 'tool-call-end', index },
];
const answer = (...parts: readonly StreamPart[]): unknown => JSON.parse(encodeAnswer(parts, contextOf()));
const candidate = (...parts: readonly StreamPart[]): unknown => Object(answer(...parts)).candidates[0];

describe('a stream', () => {
  test('is flushed part by part; calls when they are whole, in their order', () => {
    const encoder = encodeStream(contextOf());
    expect(encoder.encode({ kind: 'response-start', id: 'i', model: 'm' })).toBe('');
    expect(encoder.encode({ kind: 'text-delta', text: 'a' })).toBe(
      'data: {"candidates":[{"content":{"role":"model","parts":[{"text":"a"}]},"index":0}],"modelVersion":"m","responseId":"i"}\n\n',
    );
    const start = (index: number): string =>
      encoder.encode({ kind: 'tool-call-start', index, id: `c${index}`, name: 'f', custom: false });
    const end = (index: number): string => encoder.encode({ kind: 'tool-call-end', index });
    expect(start(0) + start(1)).toBe('');
    expect(encoder.encode({ kind: 'tool-call-delta', index: 1, text: '{"b":' })).toBe('');
    expect(encoder.encode({ kind: 'tool-call-delta', index: 1, text: '1}' })).toBe('');
    expect(end(1)).toBe('');
    expect(end(0).match(/"functionCall":\{[^}]*\{[^}]*\}/g)).toEqual([
      '"functionCall":{"id":"c0","name":"f","args":{}',
      '"functionCall":{"id":"c1","name":"f","args":{"b":1}',
    ]);
    expect(encoder.encode({ kind: 'finish', reason: 'tool-calls' })).toBe('');
    expect(encoder.end()).toContain('"finishReason":"STOP"');
  });

  test('an array of which nothing was written yet tells an error as its only element', () => {
    const error = { status: 429, code: '', type: '', message: 'Slow.', details: {} };
    expect(JSON.parse(encodeStream(contextOf('json-array')).fail(error))).toMatchObject([
      { error: { code: 429, status: 'RESOURCE_EXHAUSTED' } },
    ]);
  });
});

describe('an answer', () => {
  test('that broke a call says so instead of calling with nothing', () => {
    expect(candidate(...call(0, '{"a":'), { kind: 'finish', reason: 'tool-calls' })).toEqual({
      content: { role: 'model', parts: [{ text: '' }] },
      finishReason: 'MALFORMED_FUNCTION_CALL',
      finishMessage: 'Malformed function call: f({"a":)',
      index: 0,
    });
    expect(candidate(...call(0, '{"a":'), { kind: 'finish', reason: 'length' })).toMatchObject({
      finishReason: 'MAX_TOKENS',
    });
  });

  test.each([
    ['stop', 'STOP'],
    ['stop-sequence', 'STOP'],
    ['tool-calls', 'STOP'],
    ['length', 'MAX_TOKENS'],
    ['context-full', 'MAX_TOKENS'],
    ['filtered', 'SAFETY'],
    ['refused', 'SAFETY'],
    ['paused', 'CONTINUATION'],
    ['broken-call', 'MALFORMED_FUNCTION_CALL'],
  ] as const)('that ended with %s', (reason, finishReason) => {
    expect(candidate({ kind: 'text-delta', text: 'a' }, { kind: 'finish', reason })).toMatchObject({
      finishReason,
    });
  });

  test('that declined in words of its own has them as its text', () => {
    expect(
      candidate({ kind: 'refusal-delta', text: 'No.' }, { kind: 'finish', reason: 'refused' }),
    ).toMatchObject({
      content: { parts: [{ text: 'No.' }] },
      finishReason: 'STOP',
    });
  });

  test('several at once keep their numbers', () => {
    const said = answer(
      { kind: 'text-delta', text: 'a' },
      { kind: 'text-delta', text: 'b', candidate: 1 },
      { kind: 'finish', reason: 'stop' },
      { kind: 'finish', reason: 'length', candidate: 1 },
    );
    expect(said).toMatchObject({
      candidates: [
        { index: 0, content: { parts: [{ text: 'a' }] }, finishReason: 'STOP' },
        { index: 1, content: { parts: [{ text: 'b' }] }, finishReason: 'MAX_TOKENS' },
      ],
    });
  });

  test('sources stand where they were named, counted in bytes', () => {
    expect(
      candidate(
        { kind: 'text-delta', text: 'Köln is' },
        { kind: 'citation', url: 'https://a', title: 'A', start: 0, end: 4 },
        { kind: 'citation', url: 'https://b', title: '', start: -1, end: -1 },
      ),
    ).toMatchObject({
      groundingMetadata: {
        groundingChunks: [
          { web: { uri: 'https://a', title: 'A' } },
          { web: { uri: 'https://b', title: '' } },
        ],
        groundingSupports: [
          { segment: { startIndex: 0, endIndex: 5, text: 'Köln' }, groundingChunkIndices: [0] },
        ],
      },
    });
  });

  test('media', () => {
    const source = { kind: 'data', mediaType: 'image/png', base64: 'AA==' } as const;
    expect(candidate({ kind: 'media', media: 'image', source })).toMatchObject({
      content: { parts: [{ inlineData: { mimeType: 'image/png', data: 'AA==' } }] },
    });
  });
});

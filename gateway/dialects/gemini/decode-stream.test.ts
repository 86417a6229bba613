import { describe, expect, test } from 'vitest';
import { gather } from '../../testing/gather-parts.ts';
import { decodeAnswer, decodeStream } from './decode-stream.ts';
import { addPartialArgs, readPath } from './partial-args.ts';

const answered = (parts: readonly object[], finishReason: string, more: object = {}) =>
  decodeAnswer({ candidates: [{ content: { parts }, finishReason, index: 0 }], responseId: 'r', ...more });

describe('decodeAnswer', () => {
  test.each([
    ['STOP', 'stop'],
    ['MAX_TOKENS', 'length'],
    ['SAFETY', 'filtered'],
    ['RECITATION', 'filtered'],
    ['OTHER', 'filtered'],
    ['SOMETHING_NEW', 'filtered'],
    ['MALFORMED_FUNCTION_CALL', 'broken-call'],
    ['UNEXPECTED_TOOL_CALL', 'broken-call'],
    ['CONTINUATION', 'paused'],
  ])('%s is %s', (reason, finish) => {
    expect(gather(answered([{ text: 'a' }], reason)).finish).toBe(finish);
  });

  test('calls end with STOP; their ids are unique over the answer and between answers', () => {
    const calls = [{ functionCall: { name: 'f', id: 'x' } }, { functionCall: { name: 'f', id: 'x' } }];
    const seen = gather(answered(calls, 'STOP'));
    expect(seen.finish).toBe('tool-calls');
    expect(seen.calls.map(({ id }) => id)).toEqual(['x', 'call_r_1']);
    expect(gather(answered(calls, 'STOP', { responseId: 'other' })).calls[1]?.id).toBe('call_other_1');
  });

  test('several answers keep their numbers', () => {
    const parts = decodeAnswer({
      candidates: [
        { content: { parts: [{ text: 'a' }] }, finishReason: 'STOP', index: 0 },
        {
          content: { parts: [{ text: 'b' }, { functionCall: { name: 'f' } }] },
          finishReason: 'STOP',
          index: 1,
        },
      ],
    });
    expect(parts.filter(({ kind }) => kind === 'finish')).toEqual([
      { kind: 'finish', reason: 'stop' },
      { kind: 'finish', reason: 'tool-calls', candidate: 1 },
    ]);
    expect(parts).toContainEqual({ kind: 'text-delta', text: 'b', candidate: 1 });
  });

  test('images, and the sources of texts in bytes', () => {
    const parts = decodeAnswer({
      candidates: [
        {
          content: { parts: [{ text: 'Köln' }, { inlineData: { mimeType: 'image/png', data: 'AA==' } }] },
          finishReason: 'STOP',
          citationMetadata: {
            citations: [{ startIndex: 1, endIndex: 3, uri: 'https://a' }, { endIndex: 2 }],
          },
        },
      ],
    });
    expect(parts).toContainEqual({ kind: 'citation', url: 'https://a', title: '', start: 1, end: 2 });
    expect(parts.filter(({ kind }) => kind === 'citation')).toHaveLength(1);
    expect(parts).toContainEqual({
      kind: 'media',
      media: 'image',
      source: { kind: 'data', mediaType: 'image/png', base64: 'AA==' },
    });
  });
});

describe('decodeStream', () => {
  const event = (value: unknown) => ({ name: '', data: JSON.stringify(value) });

  test('is whole at the end of the body, if an end was told', () => {
    const cut = decodeStream();
    cut.decode(event({ candidates: [{ content: { parts: [{ text: 'a' }] } }] }));
    expect([cut.end(), cut.complete]).toEqual([[], false]);
    const whole = decodeStream();
    whole.decode(event({ candidates: [{ finishReason: 'STOP' }] }));
    expect(whole.complete).toBe(false);
    expect([whole.end(), whole.complete]).toEqual([[{ kind: 'finish', reason: 'stop' }], true]);
  });

  test.each([
    [{ error: { code: 503, message: 'Overloaded' } }],
    [[{ error: { code: 503, message: 'Overloaded' } }]],
  ])('the error %j', (value) => {
    expect(decodeStream().decode(event(value))).toMatchObject([
      { kind: 'error', error: { code: '503', message: 'Overloaded' } },
    ]);
  });

  test('nothing for comments and what is no JSON', () => {
    const decoder = decodeStream();
    expect(decoder.decode({ name: '', data: null })).toEqual([]);
    expect(decoder.decode({ name: '', data: '[DONE]' })).toEqual([]);
  });

  test('arguments in pieces, of every kind and place', () => {
    const decoder = decodeStream();
    const calls = [
      { name: 'f', willContinue: true },
      {
        partialArgs: [
          { jsonPath: '$.list[0].name', stringValue: 'a', willContinue: true },
          { jsonPath: '$.list[0].name', stringValue: 'b' },
          { jsonPath: "$['two words']", numberValue: 0 },
          { jsonPath: '$.flag', boolValue: false },
          { jsonPath: '$.none', nullValue: 'NULL_VALUE' },
          { jsonPath: '$.__proto__.x', numberValue: 1 },
        ],
        willContinue: true,
      },
      {},
    ];
    const parts = calls.flatMap((functionCall) =>
      decoder.decode(event({ candidates: [{ content: { parts: [{ functionCall }] } }] })),
    );
    const { input } = gather(parts).calls[0] ?? {};
    expect(input).toBe('{"list":[{"name":"ab"}],"two words":0,"flag":false,"none":null,"__proto__":{"x":1}}');
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });

  test('paths', () => {
    expect(readPath('$.a[2]["b c"].d')).toEqual(['a', 2, 'b c', 'd']);
  });

  test('no path takes long, whatever stands in it', () => {
    for (const piece of ["['", '[', '.', '[1', '["a']) {
      expect(readPath(piece.repeat(500_000)).length).toBeLessThanOrEqual(500_000);
    }
  });

  test('a place far behind the end of a list is its next one', () => {
    const args = {};
    addPartialArgs(args, [
      { jsonPath: '$.list[4000000000]', numberValue: 1 },
      { jsonPath: '$.list[4000000000].name', stringValue: 'a' },
      { jsonPath: '$.list[1].name', stringValue: 'b' },
    ]);
    expect(args).toEqual({ list: [1, { name: 'ab' }] });
  });
});

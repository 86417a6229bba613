/** A call that the limit cut reaches no client as a finished one, whatever the formats of both sides. */
import { describe, expect, test } from 'vitest';
import type { DialectId } from '../../../contract/config/provider.ts';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import type { ClientShapeId } from '../../core/client-shape.ts';
import { parseJson, type JsonObject } from '../../core/json.ts';
import { dialects, shapes } from '../../dialects/index.ts';
import { contextOf } from '../../testing/answer-context.ts';

/** Pieces of the arguments of each call; the limit comes behind the last. */
type Calls = readonly (readonly string[])[];

const FRAMES: Readonly<Record<DialectId, (calls: Calls) => readonly JsonObject[]>> = {
  'openai-chat': (calls) => [
    ...calls.flatMap((pieces, index) => [
      chunk({ tool_calls: [{ index, id: `c${index}`, function: { name: 'f', arguments: '' } }] }),
      ...pieces.map((text) => chunk({ tool_calls: [{ index, function: { arguments: text } }] })),
    ]),
    chunk({}, 'length'),
  ],
  'anthropic-messages': (calls) => [
    ...calls.flatMap((pieces, index) => [
      {
        type: 'content_block_start',
        index,
        content_block: { type: 'tool_use', id: `c${index}`, name: 'f', input: {} },
      },
      ...pieces.map((text) => ({
        type: 'content_block_delta',
        index,
        delta: { type: 'input_json_delta', partial_json: text },
      })),
      // Anthropic ends the block that was cut as it ends any.
      { type: 'content_block_stop', index },
    ]),
    { type: 'message_delta', delta: { stop_reason: 'max_tokens' } },
    { type: 'message_stop' },
  ],
  'openai-responses': (calls) => [
    ...calls.flatMap((pieces, at) => {
      const item = { type: 'function_call', id: `fc_${at}`, call_id: `c${at}`, name: 'f', arguments: '' };
      const cut = at === calls.length - 1;
      const whole = { ...item, arguments: pieces.join(''), status: cut ? 'incomplete' : 'completed' };
      return [
        { type: 'response.output_item.added', output_index: at, item },
        ...pieces.map((delta) => ({
          type: 'response.function_call_arguments.delta',
          output_index: at,
          delta,
        })),
        { type: 'response.output_item.done', output_index: at, item: whole },
      ];
    }),
    {
      type: 'response.incomplete',
      response: { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } },
    },
  ],
  // Arguments come piece by piece from Vertex alone, as values with their places.
  gemini: (calls) => [
    ...calls.map((pieces, at) => ({
      candidates: [
        {
          content: {
            parts: [
              {
                functionCall: {
                  id: `c${at}`,
                  name: 'f',
                  ...(pieces.length === 0
                    ? {}
                    : { partialArgs: [{ jsonPath: '$.x', stringValue: 'a', willContinue: true }] }),
                  willContinue: at === calls.length - 1,
                },
              },
            ],
          },
        },
      ],
    })),
    { candidates: [{ finishReason: 'MAX_TOKENS' }] },
  ],
};

const chunk = (delta: object, finish: string | null = null): JsonObject => ({
  choices: [{ index: 0, delta, finish_reason: finish }],
});

function decode(from: DialectId, calls: Calls): readonly StreamPart[] {
  const decoder = dialects[from].decodeStream();
  const events = FRAMES[from](calls).map((value) => JSON.stringify(value));
  const read = [...events, ...(from === 'openai-chat' ? ['[DONE]'] : [])].flatMap((data) =>
    decoder.decode({ name: '', data }),
  );
  const parts = [...read, ...decoder.end()];
  expect(parts.at(-1)).toEqual({ kind: 'finish', reason: 'length' });
  return parts;
}

function whole(parts: readonly StreamPart[], to: ClientShapeId): unknown {
  return parseJson(shapes[to].encodeAnswer(parts, contextOf()));
}

function streamed(parts: readonly StreamPart[], to: ClientShapeId): string {
  const encoder = shapes[to].encodeStream(contextOf());
  return parts.map((part) => encoder.encode(part)).join('') + encoder.end();
}

const CUT: readonly (readonly [string, Calls])[] = [
  ['before its arguments', [[]]],
  ['within them', [['{"x":"a']]],
];
const FROM = ['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini'] as const;

describe.each(FROM)('from %s, cut', (from) => {
  test.each(CUT)('%s: it never ends, and owes nothing', (_where, calls) => {
    const parts = decode(from, calls);
    expect(parts.map(({ kind }) => kind)).not.toContain('tool-call-end');
    expect(parts).not.toContainEqual({ kind: 'tool-call-delta', index: 0, text: '{}' });
  });

  test.each(CUT)('%s: Gemini and Ollama have no call, the others half of one', (_where, calls) => {
    const parts = decode(from, calls);
    expect(JSON.stringify(whole(parts, 'gemini'))).not.toContain('functionCall');
    expect(streamed(parts, 'gemini')).not.toContain('functionCall');
    expect(JSON.stringify(whole(parts, 'ollama-chat'))).not.toContain('tool_calls');
    expect(streamed(parts, 'ollama-chat')).not.toContain('tool_calls');
    expect(whole(parts, 'anthropic-messages')).toMatchObject({ content: [], stop_reason: 'max_tokens' });
    const item = { type: 'function_call', status: 'incomplete', arguments: expect.not.stringContaining('}') };
    expect(whole(parts, 'openai-responses')).toMatchObject({ status: 'incomplete', output: [item] });
    expect(streamed(parts, 'openai-responses')).not.toContain('"status":"completed"');
    const choice = { finish_reason: 'length', message: { tool_calls: [{ function: { name: 'f' } }] } };
    expect(whole(parts, 'openai-chat')).toMatchObject({ choices: [choice] });
  });

  test('a call without arguments that another came after stays', () => {
    const parts = decode(from, [[], []]);
    expect(parts.filter(({ kind }) => kind === 'tool-call-end')).toEqual([
      { kind: 'tool-call-end', index: 0 },
    ]);
    expect(JSON.stringify(whole(parts, 'gemini')).split('functionCall')).toHaveLength(2);
  });
});

test.each(['openai-chat', 'anthropic-messages'] as const)(
  'from %s, arguments that are whole are, though the limit came right behind them',
  (from) => {
    const parts = decode(from, [['{"x"', ':1}']]);
    expect(whole(parts, 'gemini')).toMatchObject({
      candidates: [{ content: { parts: [{ functionCall: { args: { x: 1 } } }] } }],
    });
  },
);

test('a whole answer of Anthropic does not say which call was cut, so the last one counts for it', () => {
  const block = (id: string): JsonObject => ({ type: 'tool_use', id, name: 'f', input: { x: 'a' } });
  const parts = dialects['anthropic-messages'].decodeAnswer({
    content: [block('c0'), block('c1')],
    stop_reason: 'max_tokens',
  });
  expect(parts.flatMap((part) => (part.kind === 'tool-call-end' ? [part.index] : []))).toEqual([0]);
});

test('a free text that was cut is never told as done: clients would run half of it', () => {
  const parts: readonly StreamPart[] = [
    { kind: 'tool-call-start', index: 0, id: 'c0', name: 'apply_patch', custom: true },
    { kind: 'tool-call-delta', index: 0, text: '*** Begin Patch' },
    { kind: 'finish', reason: 'length' },
  ];
  const events = streamed(parts, 'openai-responses');
  expect(events).not.toContain('event: response.output_item.done');
  expect(events).not.toContain('event: response.custom_tool_call_input.done');
  expect(whole(parts, 'openai-responses')).toMatchObject({
    output: [{ type: 'custom_tool_call', status: 'incomplete', input: '*** Begin Patch' }],
  });
});

test.each([
  ['response.incomplete', []],
  ['response.completed', ['tool-call-end']],
])('half a call that a server of Responses says is completed ends with %s: %j', (type, ends) => {
  const item = { type: 'function_call', call_id: 'c0', name: 'f', arguments: '{"x":', status: 'completed' };
  const decoder = dialects['openai-responses'].decodeStream();
  const parts = [
    { type: 'response.output_item.done', output_index: 0, item },
    { type, response: {} },
  ].flatMap((event) => decoder.decode({ name: '', data: JSON.stringify(event) }));
  expect(parts.map(({ kind }) => kind).filter((kind) => kind === 'tool-call-end')).toEqual(ends);
});

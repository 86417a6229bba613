/** Clients from before there were `tools` declare `functions` and read `function_call`. */
import { describe, expect, test } from 'vitest';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import { isObject, parseJson } from '../../core/json.ts';
import { contextOf } from '../../testing/answer-context.ts';
import { decodeRequest } from './decode-request.ts';
import { encodeAnswer } from './encode-answer.ts';
import { encodeStream } from './encode-stream.ts';

const FACTS = { model: 'm', streamed: false, usageAsked: false };
const FUNCTION = { name: 'f', description: 'F', parameters: { type: 'object', properties: {} } };
const read = (more: object) =>
  decodeRequest({ messages: [{ role: 'user', content: 'hi' }], ...more }, FACTS, () => undefined);

const call = (index: number, name: string, ...input: readonly string[]): readonly StreamPart[] => [
  { kind: 'tool-call-start', index, id: `call_${index}`, name, custom: false },
  ...input.map((text): StreamPart => ({ kind: 'tool-call-delta', index, text })),
  { kind: 'tool-call-end', index },
];
const FINISH: StreamPart = { kind: 'finish', reason: 'tool-calls' };
const context = () => contextOf(read({ functions: [FUNCTION] }).tools);

describe('old functions', () => {
  test('are asked for one call at a time, which is all their clients can hold', () => {
    expect(read({ functions: [FUNCTION] }).settings.parallelTools).toBe(false);
    expect(read({ functions: [FUNCTION], parallel_tool_calls: true }).settings.parallelTools).toBe(true);
    expect(read({ functions: [], tools: [{ type: 'function', function: FUNCTION }] }).settings).toMatchObject(
      { parallelTools: null },
    );
  });

  test('are called in the old words', () => {
    const answer = parseJson(encodeAnswer([...call(0, 'f', '{"a"', ':1}'), FINISH], context()));
    expect(answer).toMatchObject({
      choices: [
        {
          message: { content: null, function_call: { name: 'f', arguments: '{"a":1}' } },
          finish_reason: 'function_call',
        },
      ],
    });
    expect(JSON.stringify(answer)).not.toContain('tool_calls');
  });

  test('are called in the old words in a stream, and only the first call is told', () => {
    const encoder = encodeStream(context());
    const parts = [...call(0, 'f', '{"a"', ':1}'), ...call(1, 'g', '{"b":2}'), FINISH];
    const deltas = parts
      .map((part) => encoder.encode(part))
      .join('')
      .split('\n\n')
      .map((event) => parseJson(event.replace(/^data: /, '')))
      .filter(isObject)
      .flatMap(({ choices }) => choices);
    expect(deltas.slice(1)).toMatchObject([
      { delta: { function_call: { name: 'f', arguments: '' } }, finish_reason: null },
      { delta: { function_call: { arguments: '{"a"' } }, finish_reason: null },
      { delta: { function_call: { arguments: ':1}' } }, finish_reason: null },
      { delta: {}, finish_reason: 'function_call' },
    ]);
  });

  test('without arguments have an empty object', () => {
    expect(encodeAnswer([...call(0, 'f'), FINISH], context())).toContain(
      '"function_call":{"name":"f","arguments":"{}"}',
    );
  });
});

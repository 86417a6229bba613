/** Streamed answers of every format, put together for reading. */
import { describe, expect, it } from 'vitest';
import { assemble, isStream } from './streamed-text.ts';

const data = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const named = (value: { readonly type: string }): string => `event: ${value.type}\n${data(value)}`;
const CALLS = [
  { name: 'read', arguments: '{"a":1}' },
  { name: 'write', arguments: '{}' },
];
const WHOLE = { reasoning: 'Hm', text: 'Hello', tools: CALLS };

describe('streamed answers are put together from text, reasoning and tool calls', () => {
  it('in the format of OpenAI chat', () => {
    const event = (delta: unknown): string => data({ choices: [{ index: 0, delta }] });
    const call = (index: number, name: string, text: string) => ({
      tool_calls: [{ index, function: { name, arguments: text } }],
    });
    const body = [
      ': comment\n\n',
      event({ role: 'assistant', reasoning_content: 'Hm' }),
      event({ content: 'Hel' }),
      event({ content: 'lo' }),
      event(call(1, 'write', '{}')),
      event(call(0, 'read', '{"a"')),
      event(call(0, '', ':1}')),
      'data: {"cut\n\n',
      'data: [DONE]\n\n',
    ].join('');
    expect(assemble(body)).toEqual(WHOLE);
  });

  it('in the format of old completions', () => {
    const body = data({ choices: [{ text: 'Hel' }] }) + data({ choices: [{ text: 'lo' }] });
    expect(assemble(body)).toEqual({ reasoning: '', text: 'Hello', tools: [] });
  });

  it('in the format of Anthropic', () => {
    const start = (index: number, block: object): string =>
      named({ type: 'content_block_start', ...{ index, content_block: block } });
    const delta = (index: number, change: object): string =>
      named({ type: 'content_block_delta', ...{ index, delta: change } });
    const body = [
      named({ type: 'message_start' }),
      start(0, { type: 'thinking', thinking: '', signature: '' }),
      delta(0, { type: 'thinking_delta', thinking: 'Hm' }),
      delta(0, { type: 'signature_delta', signature: 'c2ln' }),
      start(1, { type: 'text', text: '' }),
      named({ type: 'ping' }),
      delta(1, { type: 'text_delta', text: 'Hel' }),
      delta(1, { type: 'text_delta', text: 'lo' }),
      start(2, { type: 'tool_use', id: 'a', name: 'read', input: {} }),
      delta(2, { type: 'input_json_delta', partial_json: '' }),
      delta(2, { type: 'input_json_delta', partial_json: '{"a"' }),
      delta(2, { type: 'input_json_delta', partial_json: ':1}' }),
      // Without any input there is no delta at all.
      start(3, { type: 'tool_use', id: 'b', name: 'write', input: {} }),
      named({ type: 'message_stop' }),
    ].join('');
    const tools = [CALLS[0], { name: 'write', arguments: '' }];
    expect(assemble(body)).toEqual({ ...WHOLE, tools });
  });

  it('in the format of OpenAI Responses', () => {
    const body = [
      named({ type: 'response.created' }),
      named({ type: 'response.reasoning_summary_text.delta', ...{ output_index: 0, delta: 'Hm' } }),
      named({ type: 'response.output_text.delta', ...{ output_index: 1, delta: 'Hel' } }),
      named({ type: 'response.output_text.delta', ...{ output_index: 1, delta: 'lo' } }),
      named({ type: 'response.output_text.done', ...{ output_index: 1, text: 'Hello' } }),
      named({
        type: 'response.output_item.added',
        ...{ output_index: 3, item: { type: 'custom_tool_call', name: 'write', input: '' } },
      }),
      named({
        type: 'response.output_item.added',
        ...{ output_index: 2, item: { type: 'function_call', name: 'read', arguments: '' } },
      }),
      named({ type: 'response.function_call_arguments.delta', ...{ output_index: 2, delta: '{"a"' } }),
      named({ type: 'response.function_call_arguments.delta', ...{ output_index: 2, delta: ':1}' } }),
      named({ type: 'response.custom_tool_call_input.delta', ...{ output_index: 3, delta: '{}' } }),
      named({ type: 'response.completed' }),
    ].join('');
    expect(assemble(body)).toEqual(WHOLE);
  });

  it('in the format of Gemini', () => {
    const chunk = (...parts: readonly object[]): string =>
      `data: ${JSON.stringify({ candidates: [{ content: { role: 'model', parts } }] })}\r\n\r\n`;
    const body = [
      chunk({ text: 'Hm', thought: true }),
      chunk({ text: 'Hel' }),
      chunk({ text: 'lo' }, { functionCall: { name: 'read', args: { a: 1 } } }),
      chunk({ functionCall: { name: 'write', args: {} } }),
    ].join('');
    expect(assemble(body)).toEqual(WHOLE);
  });

  it('in the formats of Ollama', () => {
    const line = (value: object): string => `${JSON.stringify(value)}\n`;
    const call = (name: string, input: object) => ({ function: { name, arguments: input } });
    const body = [
      line({ message: { role: 'assistant', content: '', thinking: 'Hm' }, done: false }),
      line({ message: { content: 'Hel' }, done: false }),
      line({ message: { content: 'lo', tool_calls: [call('read', { a: 1 }), call('write', {})] } }),
      line({ message: { content: '' }, done: true, done_reason: 'stop' }),
    ].join('');
    expect(assemble(body)).toEqual(WHOLE);
    expect(assemble(line({ response: 'Hello', thinking: 'Hm' }) + line({ done: true }))).toEqual({
      ...WHOLE,
      tools: [],
    });
  });
});

it.each([
  ['data: {}\n\n', true],
  [': open\n\ndata: {}', true],
  ['event: x\ndata: y', true],
  ['{"done":false}\n{"done":true}\n', true],
  ['{"data": 1}', false],
  ['{"a":1}\n', false],
  ['{\n"a": 1}', false],
  ['[{"a":1},\n{"b":1}]', false],
  ['', false],
])('%j is a stream: %s', (text, stream) => expect(isStream(text)).toBe(stream));

import { describe, expect, it } from 'vitest';
import { assembleAnswer } from './assemble.ts';

const events = (...values: readonly object[]): string =>
  values.map((value) => `data: ${JSON.stringify(value)}\n\n`).join('');
const lines = (...values: readonly object[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('');
const delta = (value: object) => ({ choices: [{ index: 0, delta: value }] });
const SAID = {
  text: 'It is sunny.',
  reasoning: 'Look it up.',
  calls: [{ id: 'c1', name: 'weather', arguments: '{"city":"Bonn"}' }],
};
const WITHOUT_ID = { ...SAID, calls: [{ ...SAID.calls[0], id: null }] };
const ARGS = { city: 'Bonn' };
const WHOLE_CALL = { id: 'c1', function: { name: 'weather', arguments: '{"city":"Bonn"}' } };
const ITEMS = [
  { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Look it up.' }] },
  { type: 'message', content: [{ type: 'output_text', text: 'It is sunny.' }] },
  { type: 'function_call', call_id: 'c1', name: 'weather', arguments: '{"city":"Bonn"}' },
];
const BLOCKS = [
  { type: 'thinking', thinking: 'Look it up.', signature: 's' },
  { type: 'text', text: 'It is sunny.' },
  { type: 'tool_use', id: 'c1', name: 'weather', input: ARGS },
];

describe('streams', () => {
  it.each([
    [
      'OpenAI chat',
      `: ping\n\n${events(
        delta({ role: 'assistant', content: '' }),
        delta({ reasoning_content: 'Look it ' }),
        delta({ reasoning: 'up.' }),
        delta({ content: 'It is ' }),
        delta({ content: 'sunny.' }),
        delta({ tool_calls: [{ index: 0, id: 'c1', function: { name: 'weather', arguments: '' } }] }),
        delta({ tool_calls: [{ index: 0, function: { arguments: '{"city":' } }] }),
        delta({ tool_calls: [{ index: 0, function: { arguments: '"Bonn"}' } }] }),
        { choices: [], usage: {} },
      )}data: [DONE]\n\n`,
      SAID,
    ],
    [
      'Anthropic, with CRLF',
      events(
        { type: 'message_start', message: { content: [] } },
        { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } },
        {
          type: 'content_block_delta',
          index: 0,
          delta: { type: 'thinking_delta', thinking: 'Look it up.' },
        },
        { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'It is sunny.' } },
        {
          type: 'content_block_start',
          index: 2,
          content_block: { type: 'tool_use', id: 'c1', name: 'weather', input: {} },
        },
        {
          type: 'content_block_delta',
          index: 2,
          delta: { type: 'input_json_delta', partial_json: '{"city":' },
        },
        {
          type: 'content_block_delta',
          index: 2,
          delta: { type: 'input_json_delta', partial_json: '"Bonn"}' },
        },
      ).replaceAll('\n', '\r\n'),
      SAID,
    ],
    [
      'Responses',
      events(
        { type: 'response.reasoning_summary_text.delta', output_index: 0, delta: 'Look it up.' },
        { type: 'response.output_text.delta', output_index: 1, delta: 'It is sunny.' },
        {
          type: 'response.output_item.added',
          output_index: 2,
          item: { type: 'function_call', call_id: 'c1', name: 'weather', arguments: '' },
        },
        { type: 'response.function_call_arguments.delta', output_index: 2, delta: '{"city":"Bonn"}' },
      ),
      SAID,
    ],
    [
      'Responses whose middle is missing',
      events(
        { type: 'response.output_text.delta', output_index: 1, delta: 'It' },
        { type: 'response.completed', response: { output: ITEMS } },
      ),
      SAID,
    ],
    [
      'Gemini',
      events(
        { candidates: [{ content: { parts: [{ thought: true, text: 'Look it up.' }] } }] },
        { candidates: [{ content: { parts: [{ text: 'It is ' }] } }] },
        { candidates: [{ content: { parts: [{ text: 'sunny.' }] } }] },
        { candidates: [{ content: { parts: [{ functionCall: { name: 'weather', args: ARGS } }] } }] },
      ),
      WITHOUT_ID,
    ],
    [
      'Ollama',
      lines(
        { message: { role: 'assistant', content: '', thinking: 'Look it up.' }, done: false },
        { message: { content: 'It is ' }, done: false },
        { message: { content: 'sunny.', tool_calls: [{ function: { name: 'weather', arguments: ARGS } }] } },
        { message: { content: '' }, done: true },
      ),
      WITHOUT_ID,
    ],
    [
      'old completions',
      events({ choices: [{ index: 0, text: 'It is ' }] }, { choices: [{ index: 0, text: 'sunny.' }] }),
      { text: 'It is sunny.', reasoning: '', calls: [] },
    ],
    [
      "Gemini's array, cut off",
      `[${JSON.stringify({ candidates: [{ content: { parts: [{ text: 'It is ' }] } }] })}\n,\n{"candidates":[{"con`,
      { text: 'It is ', reasoning: '', calls: [] },
    ],
    [
      'Ollama generate',
      lines({ response: 'It is ', done: false }, { response: 'sunny.', done: true }),
      { text: 'It is sunny.', reasoning: '', calls: [] },
    ],
  ])('%s', (_name, body, answer) => {
    expect(assembleAnswer(body)).toEqual({ streamed: true, answer });
  });
});

describe('whole answers', () => {
  it.each([
    [
      'OpenAI chat, first of two choices',
      {
        choices: [
          { message: { content: 'It is sunny.', reasoning: 'Look it up.', tool_calls: [WHOLE_CALL] } },
          { index: 1, message: { content: 'another' } },
        ],
      },
      SAID,
    ],
    ['Anthropic', { type: 'message', content: BLOCKS }, SAID],
    ['Responses', { object: 'response', output: ITEMS }, SAID],
    [
      'Gemini',
      {
        candidates: [
          {
            content: {
              parts: [
                { thought: true, text: 'Look it up.' },
                { text: 'It is sunny.' },
                { functionCall: { name: 'weather', args: ARGS } },
              ],
            },
          },
        ],
      },
      WITHOUT_ID,
    ],
    [
      'Ollama',
      { message: { content: 'It is sunny.' }, done: true },
      { text: 'It is sunny.', reasoning: '', calls: [] },
    ],
  ])('%s', (_name, body, answer) => {
    expect(assembleAnswer(JSON.stringify(body))).toEqual({ streamed: false, answer });
  });
});

/** What looks at the text more than once would need hours. */
it.each([
  ['line ends behind a value that was cut off', `{"a":{}${'\n'.repeat(1_000_000)}`],
  ['commas between', `{"a":1${', '.repeat(500_000)}x`],
  ['brackets between', `{"a":1${']'.repeat(1_000_000)}x`],
])('no answer takes long: %s', (_name, body) => {
  expect(assembleAnswer(body)).toMatchObject({ streamed: false });
});

it.each(['', 'Bad Gateway', '<html>'])('%j is no answer', (body) => {
  expect(assembleAnswer(body)).toBeNull();
});

it('passes over a call whose arguments are nested too deeply to be written', () => {
  const deep = '['.repeat(60_000) + ']'.repeat(60_000);
  const call = `{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":{"a":${deep}}}}]}}]}`;
  const body = `${events(delta({ content: 'be' }))}data: ${call}\n\n${events(delta({ content: 'hind' }))}`;
  expect(assembleAnswer(body)?.answer.text).toBe('behind');
});

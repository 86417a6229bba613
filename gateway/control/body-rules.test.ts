/** Every rule of every format: whatever is wrong with a body, pages have words for it in both languages. */
import { expect, it } from 'vitest';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { PROBLEM_SAYINGS } from '../../contract/rpc/problem-sayings.ts';
import { REQUEST_FORMATS, type RequestFormat } from '../../contract/rpc/request-formats.ts';
import { RpcError } from '../../contract/rpc/errors.ts';
import en from '../../resources/locales/en.json' with { type: 'json' };
import zh from '../../resources/locales/zh-CN.json' with { type: 'json' };
import { GatewayError } from '../core/errors.ts';
import { codesOf, toldGaps } from '../testing/told-gaps.ts';
import { bodyRefused } from './body-refused.ts';
import { readFrom } from './explain.ts';

const PNG = 'iVBORw0KGgoAAAANSUhEUg';
const DATA = `data:image/png;base64,${PNG}`;
const schema = { type: 'object', properties: { q: { type: 'string' } } };
const described = { name: 'look', description: 'Looks.', parameters: schema };

/** Bodies with every member that a format reads. */
const WHOLE: Readonly<Record<RequestFormat, object>> = {
  'openai-chat': {
    ...{ model: 'a', stream: true, stream_options: { include_usage: true }, max_completion_tokens: 5 },
    ...{ max_tokens: 5, temperature: 1, top_p: 1, top_k: 3, stop: ['x'], seed: 1, n: 1, user: 'u' },
    ...{ presence_penalty: 0, frequency_penalty: 0, reasoning_effort: 'low', parallel_tool_calls: true },
    response_format: { type: 'json_schema', json_schema: { name: 'a', schema, strict: true } },
    reasoning: { effort: 'low', max_tokens: 5 },
    tools: [{ type: 'function', function: described }],
    tool_choice: { type: 'function', function: { name: 'look' } },
    messages: [
      { role: 'system', content: 's' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'x' },
          { type: 'image_url', image_url: { url: DATA } },
        ],
      },
      {
        role: 'assistant',
        content: 'y',
        tool_calls: [{ id: 'c', type: 'function', function: { name: 'look', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'c', content: 'r' },
    ],
  },
  'openai-responses': {
    ...{ model: 'a', stream: false, instructions: 'i', max_output_tokens: 5, temperature: 1, top_p: 1 },
    ...{ previous_response_id: null, conversation: null, prompt: null, background: false, user: 'u' },
    reasoning: { effort: 'low', summary: 'auto' },
    text: { format: { type: 'json_schema', name: 'a', schema, strict: true }, verbosity: 'low' },
    tools: [{ type: 'function', ...described, strict: true }],
    tool_choice: { type: 'function', name: 'look' },
    input: [
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'x' },
          { type: 'input_image', image_url: DATA },
        ],
      },
      { type: 'function_call', call_id: 'c', name: 'look', arguments: '{}' },
      { type: 'function_call_output', call_id: 'c', output: 'r' },
    ],
  },
  'anthropic-messages': {
    ...{ model: 'a', stream: true, max_tokens: 5, temperature: 1, top_p: 1, top_k: 3, stop_sequences: ['x'] },
    system: [{ type: 'text', text: 's' }],
    metadata: { user_id: 'u' },
    thinking: { type: 'enabled', budget_tokens: 1024 },
    tools: [{ name: 'look', description: 'Looks.', input_schema: schema }],
    tool_choice: { type: 'tool', name: 'look' },
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'x' },
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } },
        ],
      },
      { role: 'assistant', content: [{ type: 'tool_use', id: 'c', name: 'look', input: {} }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c', content: 'r' }] },
      { role: 'assistant', content: 'y' },
    ],
  },
  gemini: {
    cachedContent: null,
    model: 'a',
    systemInstruction: { parts: [{ text: 's' }] },
    generationConfig: {
      ...{ maxOutputTokens: 5, temperature: 1, topP: 1, topK: 3, stopSequences: ['x'], seed: 1 },
      ...{ candidateCount: 1, responseMimeType: 'application/json', responseSchema: { type: 'OBJECT' } },
      thinkingConfig: { thinkingBudget: 5, includeThoughts: true },
    },
    tools: [{ functionDeclarations: [described] }],
    toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['look'] } },
    contents: [
      { role: 'user', parts: [{ text: 'x' }, { inlineData: { mimeType: 'image/png', data: PNG } }] },
      { role: 'model', parts: [{ functionCall: { name: 'look', args: {} } }] },
      { role: 'user', parts: [{ functionResponse: { name: 'look', response: {} } }] },
    ],
  },
  'openai-completions': {
    ...{ model: 'a', prompt: ['x'], suffix: 's', stream: true, stream_options: {}, max_tokens: 5, n: 1 },
    ...{ temperature: 1, top_p: 1, stop: ['x'], seed: 1, user: 'u', presence_penalty: 0 },
  },
  'ollama-chat': {
    ...{ model: 'a', stream: true, format: schema, think: 'low' },
    options: { num_predict: 5, temperature: 1, top_p: 1, top_k: 3, stop: ['x'], seed: 1 },
    tools: [{ type: 'function', function: described }],
    messages: [
      { role: 'user', content: 'x', images: [PNG] },
      { role: 'assistant', content: 'y', tool_calls: [{ function: { name: 'look', arguments: {} } }] },
      { role: 'tool', content: 'r', tool_name: 'look' },
    ],
  },
  'ollama-generate': { model: 'a', prompt: 'x', system: 's', images: [PNG], format: 'json', think: true },
};

/** What may stand where something else has to. */
const ODD: readonly unknown[] = [
  null,
  true,
  -1,
  0.5,
  'odd',
  '',
  [],
  [7],
  [''],
  ['a', 'b'],
  {},
  { type: 'odd' },
];

/** The same with something odd in one place, for each place; or with nothing there. */
function* wrongs(whole: unknown): Generator {
  yield* ODD;
  if (typeof whole !== 'object' || whole === null) return;
  for (const name of Object.keys(whole)) {
    const member: unknown = Reflect.get(whole, name);
    if (Array.isArray(whole)) {
      for (const wrong of wrongs(member)) yield whole.with(Number(name), wrong);
    } else {
      yield { ...whole, [name]: undefined };
      for (const wrong of wrongs(member)) yield { ...whole, [name]: wrong };
    }
  }
}

/** @returns why a page is refused; undefined where it is not */
function refusalOf(format: RequestFormat, body: unknown): Told | undefined {
  try {
    const model = format === 'gemini' ? 'a' : undefined;
    readFrom({ format, model, body: JSON.stringify(body) }).read();
    return undefined;
  } catch (error) {
    if (error instanceof RpcError) return error.told;
    if (error instanceof GatewayError) return bodyRefused(error, 'body').told;
    throw error;
  }
}

const refusals = new Map(
  REQUEST_FORMATS.map((format) => {
    const bodies = [
      ...wrongs(WHOLE[format]),
      { ...WHOLE[format], input: [{ type: 'item_reference', id: 'gone' }] },
    ];
    return [format, bodies.flatMap((body) => refusalOf(format, body) ?? [])];
  }),
);

it.each(REQUEST_FORMATS)('whatever is wrong in a body of %s has words', (format) => {
  const told = refusals.get(format) ?? [];
  expect(refusalOf(format, WHOLE[format])).toBeUndefined();
  expect(told.length).toBeGreaterThan(10);
  expect(new Set(told.flatMap((one) => toldGaps([en, zh], one)))).toEqual(new Set());
  const quoted = told.filter((one) => codesOf(one).includes('as-said'));
  expect(quoted.map(({ text }) => text)).toEqual([]);
});

it('each rule was broken above', () => {
  const met = new Set([...refusals.values()].flat().flatMap(codesOf));
  const rules = PROBLEM_SAYINGS.slice(
    PROBLEM_SAYINGS.indexOf('body-object'),
    PROBLEM_SAYINGS.indexOf('body-refused'),
  );
  expect(rules.length).toBeGreaterThan(20);
  expect(rules.filter((rule) => !met.has(rule))).toEqual([]);
});

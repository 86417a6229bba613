import { describe, expect, test } from 'vitest';
import type { AssistantPart, Turn, UserPart } from '../../core/canonical/parts.ts';
import {
  NO_SETTINGS,
  type CanonicalRequest,
  type Settings,
  type Tool,
} from '../../core/canonical/request.ts';
import type { JsonObject } from '../../core/json.ts';
import { OPENAI_CHAT } from '../../core/provider.ts';
import { encodeRequest } from './encode-request.ts';
import { requestWith } from '../../testing/answer-context.ts';

function encode(
  more: Partial<CanonicalRequest>,
  model = 'gpt-4.1',
): { body: JsonObject; warnings: readonly string[] } {
  const warnings: string[] = [];
  const target = { provider: 'openai', model, facts: {}, chat: OPENAI_CHAT };
  return { body: encodeRequest(requestWith(more), target, (text) => warnings.push(text)), warnings };
}
const settings = (more: Partial<Settings>): Partial<CanonicalRequest> => ({
  settings: { ...NO_SETTINGS, ...more },
});
const assistant = (...parts: readonly AssistantPart[]): Turn => ({ role: 'assistant', parts });
const user = (...parts: readonly UserPart[]): Turn => ({ role: 'user', parts });
const inputOf = (...turns: readonly Turn[]): unknown => encode({ turns }).body['input'];
const thought = (id: string | null): AssistantPart => ({
  kind: 'reasoning',
  text: 'Hm.',
  signature: { format: 'openai', value: 'gAAAA', id, origin: null },
});
const call: AssistantPart = { kind: 'tool-call', id: 'a', name: 'weather', input: '', custom: false };
const answered = user({
  kind: 'tool-result',
  id: 'a',
  name: 'weather',
  content: [],
  failed: false,
  custom: false,
});
const hello: UserPart = { kind: 'text', text: 'Hello' };
const yes: AssistantPart = { kind: 'text', text: 'Yes.' };

test('nothing is stored, and nothing is said that the client did not say', () => {
  const { body, warnings } = encode({ turns: [user({ kind: 'text', text: 'Hi' })] });
  expect(body).toEqual({
    model: 'gpt-4.1',
    input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hi' }] }],
    stream: true,
    store: false,
  });
  expect(warnings).toEqual([]);
});

test('instructions that are all there is stand in the input, which must not be empty', () => {
  const system = [{ kind: 'text' as const, text: 'Write a title.' }];
  const { body } = encode({ system, turns: [] });
  expect(body['instructions']).toBeUndefined();
  expect(body['input']).toEqual([
    { type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'Write a title.' }] },
  ]);
});

test('instructions at the beginning, developer messages in the middle', () => {
  const system = ['Be brief.', '', 'Be kind.'].map((text) => ({ kind: 'text' as const, text }));
  const { body } = encode({ system, turns: [{ role: 'system', parts: [{ kind: 'text', text: 'Now.' }] }] });
  expect(body['instructions']).toBe('Be brief.\n\nBe kind.');
  expect(body['input']).toEqual([
    { type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'Now.' }] },
  ]);
});

describe('reasoning', () => {
  test('stands before its call with its id', () => {
    expect(inputOf(assistant(thought('rs_1'), call), answered)).toEqual([
      {
        type: 'reasoning',
        id: 'rs_1',
        summary: [{ type: 'summary_text', text: 'Hm.' }],
        encrypted_content: 'gAAAA',
      },
      { type: 'function_call', call_id: 'a', name: 'weather', arguments: '{}' },
      { type: 'function_call_output', call_id: 'a', output: '' },
    ]);
  });

  test('stands before a message without its id, which would ask for one of the message', () => {
    expect(inputOf(assistant(thought('rs_1'), yes))).toEqual([
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm.' }], encrypted_content: 'gAAAA' },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Yes.' }] },
    ]);
  });

  test('keeps its place between messages and calls', () => {
    const items = inputOf(assistant(thought('rs_1'), yes, thought('rs_2'), call), answered);
    expect(items).toMatchObject([
      { type: 'reasoning' },
      { type: 'message' },
      { id: 'rs_2' },
      { type: 'function_call' },
      { type: 'function_call_output' },
    ]);
  });

  test('stands alone without its id, too', () => {
    const items = inputOf(assistant(yes, thought('rs_1')), user(hello));
    expect(items).toMatchObject([{ role: 'assistant' }, { type: 'reasoning' }, { role: 'user' }]);
    expect(items).not.toHaveProperty('[1].id');
  });

  test('without a proof of this dialect it is left out and told', () => {
    const { body, warnings } = encode({
      turns: [assistant({ kind: 'reasoning', text: 'Hm.', signature: null }, yes)],
    });
    expect(body['input']).toMatchObject([{ type: 'message' }]);
    expect(warnings).toHaveLength(1);
  });
});

describe('results', () => {
  const result = (more: object = {}): UserPart => ({
    kind: 'tool-result',
    id: 'a',
    name: 'weather',
    content: [{ kind: 'text', text: 'sunny' }],
    failed: false,
    custom: false,
    ...more,
  });

  test('come before what the user says', () => {
    expect(inputOf(assistant(call), user(hello, result()))).toMatchObject([
      { type: 'function_call' },
      { type: 'function_call_output', call_id: 'a', output: 'sunny' },
      { role: 'user' },
    ]);
  });

  test('with images are parts, without content empty', () => {
    const image = { kind: 'image', source: { kind: 'data', mediaType: 'image/png', base64: 'AAAA' } };
    const items = inputOf(assistant(call), user(result({ content: [image] })));
    expect(items).toMatchObject([
      {},
      { output: [{ type: 'input_image', image_url: 'data:image/png;base64,AAAA' }] },
    ]);
    expect(inputOf(assistant(call), user(result({ content: [] })))).toMatchObject([{}, { output: '' }]);
  });

  test('that failed say so', () => {
    expect(inputOf(assistant(call), user(result({ failed: true })))).toMatchObject([
      {},
      { output: 'The tool failed: sunny' },
    ]);
  });
});

test('media', () => {
  const { body, warnings } = encode({
    turns: [
      user(
        { kind: 'image', source: { kind: 'url', url: 'https://a.test/b.png', mediaType: '' }, detail: 'low' },
        { kind: 'file', source: { kind: 'data', mediaType: 'application/pdf', base64: 'AAAA' } },
        { kind: 'file', source: { kind: 'data', mediaType: 'text/plain', base64: 'QUJD' }, name: 'a.txt' },
        { kind: 'file', source: { kind: 'url', url: 'https://a.test/d.pdf', mediaType: '' }, name: 'd.pdf' },
        { kind: 'file', source: { kind: 'uploaded', id: 'file-1', mediaType: '' } },
        { kind: 'image', source: { kind: 'uploaded', id: 'file_011', mediaType: '' } },
        { kind: 'audio', source: { kind: 'data', mediaType: 'audio/wav', base64: 'AAAA' } },
      ),
    ],
  });
  expect(body['input']).toMatchObject([
    {
      content: [
        { type: 'input_image', image_url: 'https://a.test/b.png', detail: 'low' },
        { type: 'input_file', filename: 'document.pdf', file_data: 'data:application/pdf;base64,AAAA' },
        { type: 'input_text', text: 'a.txt:\n\nABC' },
        { type: 'input_file', file_url: 'https://a.test/d.pdf' },
        { type: 'input_file', file_id: 'file-1' },
      ],
    },
  ]);
  expect(warnings).toHaveLength(2);
});

describe('tools', () => {
  const strictSchema = { type: 'object', properties: {}, required: [], additionalProperties: false };
  const tool = (more: object): Tool => ({
    kind: 'function',
    name: 'weather',
    description: 'W',
    schema: strictSchema,
    strict: null,
    ...more,
  });
  const patch: Tool = { kind: 'custom', name: 'patch', description: '', format: { type: 'text' } };

  test.each([
    [null, strictSchema, false, 0],
    [false, strictSchema, false, 0],
    [true, strictSchema, true, 0],
    [true, { type: 'object', properties: { a: {} } }, false, 1],
  ])('strict %j is asked for only where it can be had', (strict, schema, written, told) => {
    const { body, warnings } = encode({ tools: [tool({ strict, schema })] });
    expect(body['tools']).toEqual([
      { type: 'function', name: 'weather', description: 'W', parameters: schema, strict: written },
    ]);
    expect(warnings).toHaveLength(told);
  });

  test('a choice at the root of a schema, which OpenAI refuses, becomes one object', () => {
    const schema = { anyOf: [{ properties: { a: {} } }, { properties: { b: {} } }] };
    const { body, warnings } = encode({ tools: [tool({ schema })] });
    expect(body['tools']).toMatchObject([{ parameters: { type: 'object', properties: { a: {}, b: {} } } }]);
    expect(JSON.stringify(body['tools'])).not.toContain('anyOf');
    expect(warnings).toHaveLength(1);
  });

  test('without a schema, of free text, and of another provider', () => {
    const { body, warnings } = encode({
      tools: [tool({ schema: null, description: '' }), patch, { kind: 'hosted', name: 'web_search' }],
    });
    expect(body['tools']).toEqual([
      { type: 'function', name: 'weather', parameters: { type: 'object', properties: {} }, strict: false },
      { type: 'custom', name: 'patch', format: { type: 'text' } },
    ]);
    expect(warnings).toHaveLength(1);
  });

  test.each([
    [{ kind: 'auto' as const }, 'auto'],
    [{ kind: 'required' as const }, 'required'],
    [{ kind: 'none' as const }, 'none'],
    [
      { kind: 'tool' as const, name: 'weather' },
      { type: 'function', name: 'weather' },
    ],
    [
      { kind: 'tool' as const, name: 'patch' },
      { type: 'custom', name: 'patch' },
    ],
    [
      { kind: 'subset' as const, names: ['weather', 'patch'], required: true },
      {
        type: 'allowed_tools',
        mode: 'required',
        tools: [
          { type: 'function', name: 'weather' },
          { type: 'custom', name: 'patch' },
        ],
      },
    ],
  ])('choice %j', (toolChoice, written) => {
    const { body } = encode({ tools: [tool({}), patch], ...settings({ toolChoice, parallelTools: false }) });
    expect(body).toMatchObject({ tool_choice: written, parallel_tool_calls: false });
  });

  test('a choice among no tools is left out', () => {
    const { body } = encode(settings({ toolChoice: { kind: 'auto' }, parallelTools: true }));
    expect(body).not.toHaveProperty('tool_choice');
    expect(body).not.toHaveProperty('parallel_tool_calls');
  });
});

describe('settings', () => {
  test('what the dialect has', () => {
    const { body, warnings } = encode(
      settings({
        maxTokens: 100,
        temperature: 0.5,
        topP: 0.9,
        verbosity: 'low',
        user: 'u',
        cacheKey: 'c',
        serviceTier: 'flex',
      }),
    );
    expect(body).toMatchObject({
      max_output_tokens: 100,
      temperature: 0.5,
      top_p: 0.9,
      text: { verbosity: 'low' },
      safety_identifier: 'u',
      prompt_cache_key: 'c',
      service_tier: 'flex',
    });
    expect(warnings).toEqual([]);
  });

  test('what it has not is told', () => {
    const { body, warnings } = encode(
      settings({
        stop: ['x'],
        seed: 1,
        topK: 2,
        presencePenalty: 1,
        frequencyPenalty: 1,
        candidates: 2,
        serviceTier: 'standard_only',
      }),
    );
    expect(Object.keys(body)).toEqual(['model', 'input', 'stream', 'store']);
    expect(warnings).toHaveLength(7);
    expect(warnings[0]).toContain('not applied');
    expect(encode(settings({ candidates: 1 })).warnings).toEqual([]);
  });

  test('a limit below the least is raised', () => {
    const { body, warnings } = encode(settings({ maxTokens: 1 }));
    expect(body['max_output_tokens']).toBe(16);
    expect(warnings).toHaveLength(1);
  });

  test('a long name is told by its hash', () => {
    const { body } = encode(settings({ user: 'u'.repeat(65), cacheKey: 'c'.repeat(64) }));
    expect(body['safety_identifier']).toMatch(/^[0-9a-f]{64}$/);
    expect(body['prompt_cache_key']).toBe('c'.repeat(64));
  });

  test('models that reason take no temperature', () => {
    const { body, warnings } = encode(settings({ temperature: 0, topP: 1 }), 'gpt-5');
    expect(body).not.toHaveProperty('temperature');
    expect(body).not.toHaveProperty('top_p');
    expect(warnings).toHaveLength(2);
  });

  test('but some do where they are told not to reason', () => {
    const wish = { effort: 'none' as const, budget: null, visible: null };
    const { body, warnings } = encode(settings({ temperature: 0, reasoning: wish }), 'gpt-5.2');
    expect(body).toMatchObject({ temperature: 0, reasoning: { effort: 'none' } });
    expect(warnings).toEqual([]);
  });
});

describe('the wish for reasoning', () => {
  const wish = (more: object) =>
    settings({ reasoning: { effort: null, budget: null, visible: null, ...more } });

  test('with a summary where thoughts are to be seen, and proofs of them', () => {
    expect(encode(wish({ effort: 'high', visible: true }), 'o4-mini').body).toMatchObject({
      reasoning: { effort: 'high', summary: 'auto' },
      include: ['reasoning.encrypted_content'],
    });
  });

  test('proofs are wanted of every model that reasons, and refused by those that do not', () => {
    expect(encode({}, 'gpt-5').body['include']).toEqual(['reasoning.encrypted_content']);
    expect(encode({}, 'gpt-4.1').body).not.toHaveProperty('include');
    expect(encode({}, 'qwen3').body).not.toHaveProperty('include');
    expect(encode(wish({ effort: 'low' }), 'qwen3').body).toHaveProperty('include');
  });

  test.each([
    [0, 'none'],
    [1_024, 'low'],
    [10_000, 'medium'],
    [31_999, 'high'],
  ])('a budget of %i tokens is the effort "%s"', (budget, effort) => {
    expect(encode(wish({ budget }), 'qwen3').body['reasoning']).toEqual({ effort });
  });

  test('a budget that the model chooses is none', () => {
    expect(encode(wish({ budget: -1 }), 'gpt-5').body).not.toHaveProperty('reasoning');
  });

  test.each([
    ['gpt-5', 'none', undefined],
    ['gpt-5', 'max', 'high'],
    ['gpt-5.1', 'minimal', 'low'],
    ['o3', 'xhigh', 'high'],
  ])('%s is asked for the effort nearest to "%s"', (model, effort, written) => {
    const { body, warnings } = encode(wish({ effort }), model);
    expect(body['reasoning']).toEqual(written === undefined ? undefined : { effort: written });
    expect(warnings).toHaveLength(1);
  });

  test('a model that does not reason is not asked', () => {
    const { body, warnings } = encode(wish({ effort: 'high', visible: true }), 'openai/gpt-4o');
    expect(body).not.toHaveProperty('reasoning');
    expect(body).not.toHaveProperty('include');
    expect(warnings).toHaveLength(1);
    expect(encode(wish({ effort: 'none' }), 'gpt-4o').warnings).toEqual([]);
  });
});

describe('the form of the answer', () => {
  const schema = { type: 'object', properties: {}, required: [], additionalProperties: false };
  const format = (more: object) =>
    settings({
      format: { kind: 'schema', name: 'my answer!', description: '', schema, strict: null, ...more },
    });

  test('a schema is enforced where it can be', () => {
    expect(encode(format({})).body['text']).toEqual({
      format: { type: 'json_schema', name: 'my_answer_', schema, strict: true },
    });
    expect(encode(format({ strict: false, name: '' })).body['text']).toMatchObject({
      format: { name: 'answer', strict: false },
    });
    const loose = encode(format({ strict: true, schema: { type: 'object' } }));
    expect(loose.body['text']).toMatchObject({ format: { strict: false } });
    expect(loose.warnings).toHaveLength(1);
  });

  test('any JSON must be spoken of in the input', () => {
    const json = settings({ format: { kind: 'json' } });
    const turns = [user({ kind: 'text', text: 'Hi' })];
    expect(encode({ ...json, turns }).body['input']).toMatchObject([{ role: 'developer' }, { role: 'user' }]);
    const spoken = [user({ kind: 'text', text: 'As JSON' })];
    expect(encode({ ...json, turns: spoken }).body['input']).toMatchObject([{ role: 'user' }]);
  });
});

import { describe, expect, test } from 'vitest';
import { wrapSignature, type Signature } from '../../core/canonical/signature.ts';
import type { JsonObject } from '../../core/json.ts';
import { decodeRequest } from './decode-request.ts';

const FACTS = { model: 'asked', streamed: false, usageAsked: false };
const HI = [{ role: 'user', content: 'hi' }];
const SIGNATURE: Signature = {
  format: 'anthropic',
  value: 'sig',
  id: null,
  origin: { provider: 'p', model: 'm', key: 'k' },
};
const WRAPPED = wrapSignature(SIGNATURE);
const fn = (name: string, args = '{}') => ({
  id: `id_${name}`,
  type: 'function',
  function: { name, arguments: args },
});

function read(body: JsonObject) {
  const told: string[] = [];
  const request = decodeRequest(body, FACTS, ({ text }) => told.push(text));
  return { ...request, told };
}
const turnsOf = (...messages: readonly JsonObject[]) => read({ messages }).turns;
const settingsOf = (body: JsonObject) => read({ messages: HI, ...body }).settings;
const text = (written: string) => ({ kind: 'text', text: written });

describe('messages', () => {
  test('instructions at the start are the system, later ones a turn', () => {
    const { system, turns } = read({
      messages: [
        { role: 'developer', content: 'one' },
        { role: 'system', content: [{ type: 'text', text: 'two' }] },
        ...HI,
        { role: 'system', content: 'three' },
      ],
    });
    expect(system).toEqual([text('one'), text('two')]);
    expect(turns).toEqual([
      { role: 'user', parts: [text('hi')] },
      { role: 'system', parts: [text('three')] },
    ]);
  });

  test('results are one turn, before the words, in the order of their calls, and bear their names', () => {
    const turns = turnsOf(
      ...HI,
      { role: 'assistant', content: null, tool_calls: [fn('a'), fn('b')] },
      { role: 'tool', tool_call_id: 'id_b', content: 'B' },
      { role: 'tool', tool_call_id: 'id_a', content: [{ type: 'text', text: 'A' }] },
      { role: 'user', content: 'and?' },
    );
    expect(turns[1]?.parts.map(({ kind }) => kind)).toEqual(['tool-call', 'tool-call']);
    expect(turns).toHaveLength(3);
    expect(turns[2]?.parts).toMatchObject([
      { kind: 'tool-result', id: 'id_a', name: 'a', content: [text('A')] },
      { kind: 'tool-result', id: 'id_b', name: 'b', content: [text('B')] },
      text('and?'),
    ]);
  });

  test('the old functions', () => {
    const turns = turnsOf(
      ...HI,
      { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{"x":1}' } },
      { role: 'function', name: 'f', content: 'found' },
    );
    const [call] = turns[1]?.parts ?? [];
    expect(call).toMatchObject({ kind: 'tool-call', name: 'f', input: '{"x":1}' });
    expect(turns[2]?.parts).toMatchObject([
      { kind: 'tool-result', name: 'f', id: call !== undefined && 'id' in call ? call.id : '' },
    ]);
  });

  test('every kind of part', () => {
    const content = [
      { type: 'text', text: 'look', cache_control: { type: 'ephemeral', ttl: '1h' } },
      { type: 'text', text: '' },
      { type: 'image_url', image_url: { url: 'https://a.example/x.png', detail: 'low' } },
      { type: 'image_url', image_url: 'data:image/PNG;base64,aGk=' },
      { type: 'input_audio', input_audio: { data: 'aGk=', format: 'mp3' } },
      { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,aGk=' } },
      { type: 'file', file: { file_id: 'file-1' } },
      { type: 'hologram', hologram: {} },
    ];
    const { turns, told } = read({ messages: [{ role: 'user', content }] });
    expect(turns[0]?.parts).toEqual([
      { kind: 'text', text: 'look', cache: { ttl: '1h' } },
      {
        kind: 'image',
        source: { kind: 'url', url: 'https://a.example/x.png', mediaType: '' },
        detail: 'low',
      },
      { kind: 'image', source: { kind: 'data', mediaType: 'image/png', base64: 'aGk=' } },
      { kind: 'audio', source: { kind: 'data', mediaType: 'audio/mpeg', base64: 'aGk=' } },
      { kind: 'file', source: { kind: 'data', mediaType: 'application/pdf', base64: 'aGk=' }, name: 'a.pdf' },
      { kind: 'file', source: { kind: 'uploaded', id: 'file-1', mediaType: '' } },
    ]);
    expect(told).toEqual([expect.stringContaining('"hologram"')]);
  });

  test('refusals, custom calls and arguments nobody can parse', () => {
    const [, turn] = turnsOf(...HI, {
      role: 'assistant',
      content: [{ type: 'text', text: 'Well.' }],
      refusal: 'No.',
      tool_calls: [
        { id: 'c', type: 'custom', custom: { name: 'patch', input: '*** Begin' } },
        fn('empty', ''),
        fn('broken', '{"x":'),
      ],
    });
    expect(turn?.parts).toEqual([
      text('Well.'),
      { kind: 'refusal', text: 'No.' },
      { kind: 'tool-call', id: 'c', name: 'patch', input: '*** Begin', custom: true },
      { kind: 'tool-call', id: 'id_empty', name: 'empty', input: '{}', custom: false },
      { kind: 'tool-call', id: 'id_broken', name: 'broken', input: '{"x":', custom: false },
    ]);
  });

  test('unknown roles and names of participants are told', () => {
    const { turns, told } = read({ messages: [{ role: 'ipython', content: 'x', name: 'ann' }] });
    expect(turns).toEqual([{ role: 'user', parts: [text('x')] }]);
    expect(told).toHaveLength(2);
  });

  test.each<[JsonObject, string]>([
    [{}, 'messages'],
    [{ messages: 'hi' }, 'messages'],
    [{ messages: [] }, 'messages'],
    [{ messages: ['hi'] }, 'messages[0]'],
    [{ messages: [{ content: 'x' }] }, 'messages[0].role'],
    [{ messages: [{ role: 'user', content: 7 }] }, 'messages[0].content'],
    [{ messages: [{ role: 'user', content: [{ type: 'text' }] }] }, 'messages[0].content[0].text'],
    [{ messages: [...HI, { role: 'tool', content: 'x' }] }, 'messages[1].tool_call_id'],
    [{ messages: [{ role: 'assistant', tool_calls: [{ id: 'a' }] }] }, 'messages[0].tool_calls[0].function'],
    [{ messages: HI, tools: [{ type: 'function', function: {} }] }, 'tools[0].function.name'],
    [{ messages: HI, temperature: 'hot' }, 'temperature'],
    [{ messages: HI, stop: [1] }, 'stop[0]'],
    [{ messages: HI, response_format: { type: 'json_schema' } }, 'response_format.json_schema'],
  ])('%j is refused, naming the member', (body, field) => {
    expect(() => read(body)).toThrow(expect.objectContaining({ code: 'invalid_request', field }));
  });
});

describe('reasoning that comes back', () => {
  const parts = (message: JsonObject) =>
    turnsOf(...HI, { role: 'assistant', content: 'a', ...message })[1]?.parts;

  test.each<[string, JsonObject]>([
    ['as text', { reasoning_content: 'hm' }],
    ['as OpenRouter writes it', { reasoning: 'hm' }],
    [
      'with an entry that repeats it',
      { reasoning: 'hm', reasoning_details: [{ type: 'reasoning.text', text: 'hm', index: 0 }] },
    ],
  ])('%s', (_, message) => {
    expect(parts(message)).toEqual([{ kind: 'reasoning', text: 'hm', signature: null }, text('a')]);
  });

  test.each<[string, JsonObject, string]>([
    ['with its text', { type: 'reasoning.text', text: 'hm', signature: WRAPPED }, 'hm'],
    ['without', { type: 'reasoning.encrypted', data: WRAPPED }, ''],
  ])('a signature of ours %s', (_, entry, said) => {
    const message = {
      reasoning_content: said,
      reasoning_details: [{ ...entry, format: 'unknown', index: 0 }],
    };
    expect(parts(message)).toEqual([{ kind: 'reasoning', text: said, signature: SIGNATURE }, text('a')]);
  });

  test('fragments that the client kept apart are one entry', () => {
    const fragment = { type: 'reasoning.text', index: 0 };
    const details = [
      { ...fragment, text: 'h' },
      { ...fragment, text: 'm', signature: WRAPPED },
    ];
    expect(parts({ reasoning_details: details })).toEqual([
      { kind: 'reasoning', text: 'hm', signature: SIGNATURE },
      text('a'),
    ]);
  });

  test('an entry of OpenRouter is kept as it is', () => {
    const entry = { type: 'reasoning.encrypted', data: 'xyz', id: 'rs_1', index: 0 };
    expect(parts({ reasoning_details: [entry] })).toEqual([
      {
        kind: 'reasoning',
        text: '',
        signature: { format: 'reasoning-details', value: JSON.stringify(entry), id: 'rs_1', origin: null },
      },
      text('a'),
    ]);
  });

  test('what is bound to a call or to the text goes back to it', () => {
    const entry = (id: string, index: number) => ({ type: 'reasoning.encrypted', data: WRAPPED, id, index });
    expect(parts({ reasoning_details: [entry('id_f', 0), entry('text', 1)], tool_calls: [fn('f')] })).toEqual(
      [
        { ...text('a'), signature: SIGNATURE },
        { kind: 'tool-call', id: 'id_f', name: 'f', input: '{}', custom: false, signature: SIGNATURE },
      ],
    );
  });
});

describe('tools', () => {
  const tool = (value: JsonObject) => read({ messages: HI, tools: [value] }).tools[0];
  const PLAIN = { kind: 'function', name: 'f', description: 'd', schema: { type: 'object' }, strict: null };

  test.each<[string, JsonObject]>([
    [
      'nested',
      { type: 'function', function: { name: 'f', description: 'd', parameters: { type: 'object' } } },
    ],
    ['flat', { type: 'function', name: 'f', description: 'd', parameters: { type: 'object' } }],
    ['as Anthropic writes it', { name: 'f', description: 'd', input_schema: { type: 'object' } }],
  ])('%s', (_, value) => {
    expect(tool(value)).toEqual(PLAIN);
    const marked = { ...value, cache_control: { type: 'ephemeral', ttl: '1h' } };
    expect(tool(marked)).toEqual({ ...PLAIN, cache: { ttl: '1h' } });
  });

  test('old functions', () => {
    const functions = [{ name: 'f', description: 'd', parameters: { type: 'object' } }];
    expect(read({ messages: HI, functions, function_call: { name: 'f' } })).toMatchObject({
      tools: [PLAIN],
      settings: { toolChoice: { kind: 'tool', name: 'f' } },
    });
  });

  test('custom ones, with the grammar in its canonical form, and hosted ones', () => {
    const format = { type: 'grammar', grammar: { syntax: 'lark', definition: 'x' } };
    expect(tool({ type: 'custom', custom: { name: 'f', format } })).toEqual({
      kind: 'custom',
      name: 'f',
      description: '',
      format: { type: 'grammar', syntax: 'lark', definition: 'x' },
    });
    expect(tool({ type: 'web_search' })).toEqual({ kind: 'hosted', name: 'web_search' });
  });

  test.each<[unknown, unknown]>([
    ['auto', { kind: 'auto' }],
    ['any', { kind: 'required' }],
    [
      { type: 'function', function: { name: 'f' } },
      { kind: 'tool', name: 'f' },
    ],
    [
      { type: 'function', name: 'f' },
      { kind: 'tool', name: 'f' },
    ],
    [
      { type: 'custom', custom: { name: 'f' } },
      { kind: 'tool', name: 'f' },
    ],
    [{ type: 'auto' }, { kind: 'auto' }],
    [{ type: 'any' }, { kind: 'required' }],
    [
      { type: 'tool', name: 'f' },
      { kind: 'tool', name: 'f' },
    ],
    [
      {
        type: 'allowed_tools',
        allowed_tools: { mode: 'required', tools: [{ type: 'function', function: { name: 'f' } }] },
      },
      { kind: 'subset', names: ['f'], required: true },
    ],
    ['sometimes', null],
  ])('choice %j', (choice, expected) => {
    expect(settingsOf({ tool_choice: choice }).toolChoice).toEqual(expected);
  });
});

describe('settings', () => {
  test.each<[JsonObject, object]>([
    [{ max_tokens: 5 }, { maxTokens: 5 }],
    [{ max_tokens: 5, max_completion_tokens: 7 }, { maxTokens: 7 }],
    [{ stop: 'x' }, { stop: ['x'] }],
    [{ reasoning_effort: 'high' }, { reasoning: { effort: 'high', budget: null, visible: null } }],
    [
      { reasoning: { max_tokens: 900, exclude: true } },
      { reasoning: { effort: null, budget: 900, visible: false } },
    ],
    [{ reasoning: { enabled: true } }, { reasoning: { effort: null, budget: null, thinks: true } }],
    [{ reasoning: { exclude: true } }, { reasoning: { effort: null, budget: null, visible: false } }],
    [{ reasoning: { enabled: false } }, { reasoning: { effort: 'none', budget: null, visible: null } }],
    [{ reasoning_effort: 'enormous' }, { reasoning: { effort: null, budget: null, visible: null } }],
    [{ response_format: { type: 'json_object' } }, { format: { kind: 'json' } }],
    [
      {
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'n', schema: { type: 'object' }, strict: true },
        },
      },
      { format: { kind: 'schema', name: 'n', description: '', schema: { type: 'object' }, strict: true } },
    ],
    [{ user: 'u', safety_identifier: 's' }, { user: 's' }],
    [
      { parallel_tool_calls: false, verbosity: 'low' },
      { parallelTools: false, verbosity: 'low' },
    ],
  ])('%j', (body, expected) => {
    expect(settingsOf(body)).toMatchObject(expected);
  });

  test('what has no counterpart is told, what asks for nothing is not', () => {
    const { told } = read({
      messages: HI,
      logprobs: false,
      logit_bias: {},
      modalities: ['text'],
      metadata: { a: 1 },
      store: true,
      top_logprobs: 3,
      web_search_options: { search_context_size: 'low' },
    });
    expect(told).toEqual([
      expect.stringContaining('top_logprobs'),
      expect.stringContaining('web_search_options'),
    ]);
  });
});

test('a body as Cursor sends it to this path', () => {
  const { system, turns, tools, settings } = read({
    instructions: 'Be brief.',
    input: [
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'hi' },
          { type: 'input_image', image_url: 'https://a.example/x.png' },
        ],
      },
      { type: 'function_call', call_id: 'c1', name: 'f', arguments: '{"x":1}' },
      { type: 'function_call_output', call_id: 'c1', output: 'found' },
    ],
    tools: [{ type: 'function', name: 'f', parameters: { type: 'object' } }],
    max_output_tokens: 9,
  });
  expect(system).toEqual([text('Be brief.')]);
  expect(turns).toMatchObject([
    { role: 'user', parts: [text('hi'), { kind: 'image' }] },
    { role: 'assistant', parts: [{ kind: 'tool-call', id: 'c1', name: 'f', input: '{"x":1}' }] },
    { role: 'user', parts: [{ kind: 'tool-result', id: 'c1', name: 'f', content: [text('found')] }] },
  ]);
  expect(tools).toMatchObject([{ kind: 'function', name: 'f' }]);
  expect(settings.maxTokens).toBe(9);
});

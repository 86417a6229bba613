import { describe, expect, test } from 'vitest';
import { wrapSignature } from '../../core/canonical/signature.ts';
import { GatewayError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { decodeRequest } from './decode-request.ts';
import { wrapOfCall, wrapOfText } from './reasoning-items.ts';

const FACTS = { model: 'm', streamed: true, usageAsked: true };

function decode(body: JsonObject) {
  const warnings: string[] = [];
  const request = decodeRequest({ model: 'm', ...body }, FACTS, ({ text }) => warnings.push(text));
  return { ...request, warnings };
}

function refusal(body: JsonObject): GatewayError {
  try {
    decode(body);
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error('not refused');
}

const user = (text: string) => ({ role: 'user', parts: [{ kind: 'text', text }] });
const call = (id: string, more: JsonObject = {}): JsonObject => ({
  type: 'function_call',
  call_id: id,
  name: 'weather',
  arguments: '{}',
  ...more,
});
const output = (id: string, text: unknown = 'sunny'): JsonObject => ({
  type: 'function_call_output',
  call_id: id,
  output: text,
});
const assistant = (text: string): JsonObject => ({
  type: 'message',
  role: 'assistant',
  content: [{ type: 'output_text', text }],
});

describe('messages', () => {
  test('a text is what the user says', () => {
    expect(decode({ input: 'Hi' })).toMatchObject({
      turns: [user('Hi')],
      system: [],
      model: 'm',
      streamed: true,
    });
  });

  test('instructions and what stands before the first turn are the system; later ones are turns', () => {
    const { system, turns } = decode({
      instructions: 'Be brief.',
      input: [
        { role: 'developer', content: 'Be kind.' },
        { role: 'system', content: [{ type: 'input_text', text: 'Be right.' }] },
        { role: 'user', content: 'Hi' },
        { role: 'developer', content: 'Now in French.' },
      ],
    });
    expect(system.map(({ text }) => text)).toEqual(['Be brief.', 'Be kind.', 'Be right.']);
    expect(turns).toEqual([
      user('Hi'),
      { role: 'system', parts: [{ kind: 'text', text: 'Now in French.' }] },
    ]);
  });

  test('neighbours of one speaker are one turn', () => {
    const { turns } = decode({
      input: [
        { role: 'user', content: 'One' },
        { role: 'user', content: 'Two' },
        assistant('Three'),
        assistant('Four'),
      ],
    });
    expect(turns.map(({ role, parts }) => [role, parts.length])).toEqual([
      ['user', 2],
      ['assistant', 2],
    ]);
  });

  test('images, files and sounds in every form they may have', () => {
    const { turns, warnings } = decode({
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_image', image_url: 'https://a.test/b.png', detail: 'low' },
            { type: 'input_image', image_url: 'data:image/png;base64,AAAA' },
            { type: 'input_image', file_id: 'file-1' },
            { type: 'image_url', image_url: { url: 'https://a.test/c.png', detail: 'high' } },
            { type: 'input_file', file_data: 'data:application/pdf;base64,AAAA', filename: 'a.pdf' },
            { type: 'input_file', file_data: 'QUJD', filename: 'a.txt' },
            { type: 'input_file', file_url: 'https://a.test/d.pdf' },
            { type: 'file', file: { file_id: 'file-2' } },
            { type: 'input_audio', input_audio: { data: 'AAAA', format: 'mp3' } },
          ],
        },
      ],
    });
    expect(turns[0]?.parts).toEqual([
      { kind: 'image', source: { kind: 'url', url: 'https://a.test/b.png', mediaType: '' }, detail: 'low' },
      { kind: 'image', source: { kind: 'data', mediaType: 'image/png', base64: 'AAAA' } },
      { kind: 'image', source: { kind: 'uploaded', id: 'file-1', mediaType: '' } },
      { kind: 'image', source: { kind: 'url', url: 'https://a.test/c.png', mediaType: '' }, detail: 'high' },
      { kind: 'file', source: { kind: 'data', mediaType: 'application/pdf', base64: 'AAAA' }, name: 'a.pdf' },
      { kind: 'file', source: { kind: 'data', mediaType: 'text/plain', base64: 'QUJD' }, name: 'a.txt' },
      { kind: 'file', source: { kind: 'url', url: 'https://a.test/d.pdf', mediaType: '' } },
      { kind: 'file', source: { kind: 'uploaded', id: 'file-2', mediaType: '' } },
      { kind: 'audio', source: { kind: 'data', mediaType: 'audio/mpeg', base64: 'AAAA' } },
    ]);
    expect(warnings).toEqual([]);
  });

  test('a refusal of the model stays one', () => {
    const { turns } = decode({
      input: [{ role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }] }],
    });
    expect(turns[0]?.parts).toEqual([{ kind: 'refusal', text: 'No.' }]);
  });

  test('what is not known is told and left out', () => {
    const { turns, warnings } = decode({
      input: [
        { role: 'user', content: [{ type: 'hologram' }, { type: 'input_text', text: 'Hi' }] },
        { role: 'wizard', content: 'x' },
        { type: 'web_search_call', id: 'ws_1' },
        { type: 'compaction', encrypted_content: 'x' },
        { type: 'additional_tools', tools: [] },
      ],
    });
    expect(turns).toEqual([user('Hi')]);
    expect(warnings.map((text) => /"(\w+)"/.exec(text)?.[1])).toEqual([
      'hologram',
      'wizard',
      'web_search_call',
      'compaction',
      'additional_tools',
    ]);
  });
});

describe('calls and results', () => {
  test('results are named by their calls, stand first and in the order of the calls', () => {
    const { turns } = decode({
      input: [
        call('a'),
        call('b', { name: 'time', arguments: '' }),
        { role: 'user', content: 'Hurry' },
        output('b', 'noon'),
        output('a'),
      ],
    });
    expect(turns).toEqual([
      {
        role: 'assistant',
        parts: [
          { kind: 'tool-call', id: 'a', name: 'weather', input: '{}', custom: false },
          { kind: 'tool-call', id: 'b', name: 'time', input: '{}', custom: false },
        ],
      },
      {
        role: 'user',
        parts: [
          expect.objectContaining({ id: 'a', name: 'weather', content: [{ kind: 'text', text: 'sunny' }] }),
          expect.objectContaining({ id: 'b', name: 'time' }),
          { kind: 'text', text: 'Hurry' },
        ],
      },
    ]);
  });

  test('a result that comes late still follows the turn of its call', () => {
    const { turns } = decode({
      input: [call('a'), { role: 'developer', content: 'Note' }, assistant('Meanwhile'), output('a')],
    });
    expect(turns.map(({ role }) => role)).toEqual(['assistant', 'user', 'system', 'assistant']);
  });

  test('a result without a call is kept without a name', () => {
    expect(decode({ input: [output('x')] }).turns[0]?.parts[0]).toMatchObject({ id: 'x', name: '' });
  });

  test('results with images', () => {
    const { turns } = decode({
      input: [
        call('a'),
        output('a', [
          { type: 'input_text', text: 'Look' },
          { type: 'input_image', image_url: 'data:image/png;base64,AAAA' },
        ]),
      ],
    });
    expect(turns[1]?.parts[0]).toMatchObject({ content: [{ kind: 'text' }, { kind: 'image' }] });
  });

  test('tools that take free text', () => {
    const { turns } = decode({
      input: [
        { type: 'custom_tool_call', call_id: 'a', name: 'patch', input: '*** Begin' },
        { type: 'custom_tool_call_output', call_id: 'a', output: 'done' },
      ],
    });
    expect(turns).toMatchObject([
      { parts: [{ kind: 'tool-call', name: 'patch', input: '*** Begin', custom: true }] },
      { parts: [{ kind: 'tool-result', name: 'patch', custom: true, failed: false }] },
    ]);
  });

  test("calls of OpenAI's own client tools", () => {
    const { turns, warnings } = decode({
      input: [
        { type: 'local_shell_call', id: 'lsh_1', call_id: 'a', action: { type: 'exec', command: ['ls'] } },
        { type: 'local_shell_call_output', id: 'a', output: 'file' },
        { type: 'shell_call', call_id: 'b', action: { commands: ['ls'] } },
        { type: 'shell_call_output', call_id: 'b', output: [{ stdout: 'file' }] },
        { type: 'apply_patch_call', call_id: 'c', operation: { type: 'delete_file', path: 'x' } },
        { type: 'apply_patch_call_output', call_id: 'c', status: 'failed', output: 'no such file' },
      ],
    });
    const parts = turns.flatMap((turn): readonly unknown[] => turn.parts);
    expect(parts).toMatchObject([
      { name: 'local_shell', input: '{"type":"exec","command":["ls"]}' },
      { name: 'local_shell', content: [{ text: 'file' }] },
      { name: 'shell', input: '{"commands":["ls"]}' },
      { name: 'shell', content: [{ text: '[{"stdout":"file"}]' }] },
      { name: 'apply_patch', input: '{"type":"delete_file","path":"x"}' },
      { name: 'apply_patch', failed: true, content: [{ text: 'no such file' }] },
    ]);
    expect(warnings).toEqual([]);
  });

  test("calls and results as OpenAI's chat writes them", () => {
    const { turns } = decode({
      messages: [
        { role: 'user', content: 'Hi' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'a', type: 'function', function: { name: 'weather', arguments: '{}' } }],
        },
        { role: 'tool', tool_call_id: 'a', content: 'sunny' },
      ],
    });
    expect(turns.map(({ parts }) => parts[0]?.kind)).toEqual(['text', 'tool-call', 'tool-result']);
  });
});

describe('reasoning', () => {
  const item = (more: JsonObject): JsonObject => ({ type: 'reasoning', id: 'rs_1', summary: [], ...more });

  test('a native one is of this dialect', () => {
    const summary = [
      { type: 'summary_text', text: 'First.' },
      { type: 'summary_text', text: 'Then.' },
    ];
    const { turns } = decode({ input: [item({ summary, encrypted_content: 'gAAAA' }), assistant('Yes')] });
    expect(turns[0]?.parts[0]).toEqual({
      kind: 'reasoning',
      text: 'First.\n\nThen.',
      signature: { format: 'openai', value: 'gAAAA', id: 'rs_1', origin: null },
    });
  });

  test('a wrapped one comes back as what it was', () => {
    const origin = { provider: 'anthropic', model: 'claude', key: 'k1' };
    const signature = { format: 'anthropic', value: 'sig', id: null, origin } as const;
    const { turns } = decode({ input: [item({ encrypted_content: wrapSignature(signature) })] });
    expect(turns[0]?.parts).toEqual([{ kind: 'reasoning', text: '', signature }]);
  });

  test('raw thoughts have no proof; an empty item says nothing', () => {
    const content = [{ type: 'reasoning_text', text: 'Hm.' }];
    expect(decode({ input: [item({ content })] }).turns[0]?.parts).toEqual([
      { kind: 'reasoning', text: 'Hm.', signature: null },
    ]);
    expect(decode({ input: [item({})] }).turns).toEqual([]);
  });

  test('what Gemini bound to a text and to a call returns to them', () => {
    const gemini = (value: string) => ({ format: 'gemini', value, id: null, origin: null }) as const;
    const { turns } = decode({
      input: [
        assistant('Hello'),
        item({ encrypted_content: wrapOfText(gemini('t')) }),
        item({ encrypted_content: wrapOfCall(gemini('c'), 'b') }),
        call('a'),
        call('b'),
      ],
    });
    expect(turns[0]?.parts).toMatchObject([
      { kind: 'text', text: 'Hello', signature: gemini('t') },
      { kind: 'tool-call', id: 'a' },
      { kind: 'tool-call', id: 'b', signature: gemini('c') },
    ]);
    expect(turns[0]?.parts[1]).not.toHaveProperty('signature');
  });

  test('a signature of a text that was empty has a text of its own', () => {
    const signature = { format: 'gemini', value: 't', id: null, origin: null } as const;
    const { turns } = decode({ input: [item({ encrypted_content: wrapOfText(signature) })] });
    expect(turns[0]?.parts).toEqual([{ kind: 'text', text: '', signature }]);
  });
});

describe('refused', () => {
  test.each(['previous_response_id', 'conversation', 'background', 'prompt'])(
    '%s, which only OpenAI keeps',
    (field) => {
      const error = refusal({ input: 'x', [field]: field === 'background' ? true : 'id_1' });
      expect(error).toMatchObject({ code: 'unsupported_feature', field });
      expect(error.message).toMatch(/instead/);
    },
  );

  test('a reference to a stored item', () => {
    const error = refusal({
      input: [
        { role: 'user', content: 'x' },
        { type: 'item_reference', id: 'msg_1' },
      ],
    });
    expect(error).toMatchObject({ code: 'unsupported_feature', field: 'input[1]' });
  });

  test('a reference to an item of an earlier answer stands for the item', () => {
    const message = { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hi' }] };
    const body = {
      input: [
        { role: 'user', content: 'x' },
        { type: 'item_reference', id: 'msg_1' },
      ],
    };
    const itemOf = (id: string) => (id === 'msg_1' ? message : undefined);
    const { turns } = decodeRequest(body, FACTS, () => undefined, itemOf);
    expect(turns[1]).toEqual({ role: 'assistant', parts: [{ kind: 'text', text: 'Hi' }] });
  });

  test('arguments that are an object already are kept', () => {
    const called = { type: 'function_call', call_id: 'a', name: 'f', arguments: { x: 1 } };
    expect(decode({ input: [called] }).turns[0]?.parts).toMatchObject([
      { kind: 'tool-call', input: '{"x":1}' },
    ]);
  });

  test.each<[string, JsonObject]>([
    ['input', {}],
    ['input', { input: 5 }],
    ['input[0]', { input: ['x'] }],
    ['input[0].role', { input: [{ content: 'x' }] }],
    ['input[0].content', { input: [{ role: 'user', content: 5 }] }],
    ['input[0].content[0].text', { input: [{ role: 'user', content: [{ type: 'input_text' }] }] }],
    ['input[0].call_id', { input: [{ type: 'function_call', name: 'a', arguments: '{}' }] }],
    ['input[0].name', { input: [{ type: 'function_call', call_id: 'a' }] }],
    ['input[0].arguments', { input: [{ type: 'function_call', call_id: 'a', name: 'f', arguments: 7 }] }],
    ['input[0].input', { input: [{ type: 'custom_tool_call', call_id: 'a', name: 'f', input: ['x'] }] }],
    ['instructions', { input: 'x', instructions: ['y'] }],
    ['tools[0].name', { input: 'x', tools: [{ type: 'function' }] }],
    [
      'tools[0].tools[0].name',
      { input: 'x', tools: [{ type: 'namespace', name: 'n', tools: [{ type: 'custom' }] }] },
    ],
    ['text.format.schema', { input: 'x', text: { format: { type: 'json_schema' } } }],
    ['reasoning', { input: 'x', reasoning: 'high' }],
    ['max_output_tokens', { input: 'x', max_output_tokens: 0 }],
    ['tool_choice', { input: 'x', tool_choice: 5 }],
  ])('%s of the wrong type', (field, body) => {
    expect(refusal(body)).toMatchObject({ code: 'invalid_request', field });
  });
});

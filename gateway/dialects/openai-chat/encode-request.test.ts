import { describe, expect, test } from 'vitest';
import type { AssistantPart, Turn, UserPart } from '../../core/canonical/parts.ts';
import type { Tool } from '../../core/canonical/request.ts';
import type { Target } from '../../core/dialect.ts';
import { isArray, isObject } from '../../core/json.ts';
import {
  asked,
  custom,
  HI,
  openai,
  OPENAI,
  OPENROUTER,
  settings,
  TOOL,
  write,
} from '../../testing/encode-chat.ts';

const messages = (turns: readonly Turn[], target = OPENAI) => write({ turns }, target).body['messages'];
const said = (...parts: readonly AssistantPart[]): Turn => ({ role: 'assistant', parts });
const call = (id: string): AssistantPart => ({ kind: 'tool-call', id, name: 'f', input: '', custom: false });
const result = (id: string, text = 'found', failed = false): UserPart => ({
  kind: 'tool-result',
  id,
  name: 'f',
  content: [{ kind: 'text', text }],
  failed,
  custom: false,
});
const written = (id: string) => ({ id, type: 'function', function: { name: 'f', arguments: '{}' } });

describe('messages', () => {
  test('instructions keep their place, in the role the server knows', () => {
    const turns: readonly Turn[] = [HI, { role: 'system', parts: [{ kind: 'text', text: 'c' }] }, HI];
    const system = ['a', 'b'].map((text) => ({ kind: 'text' as const, text }));
    expect(write({ system, turns }).body['messages']).toEqual([
      { role: 'developer', content: 'a\n\nb' },
      { role: 'user', content: 'hi' },
      { role: 'developer', content: 'c' },
      { role: 'user', content: 'hi' },
    ]);
    expect(write({ system }, custom()).body['messages']).toMatchObject([{ role: 'system' }, {}]);
  });

  test('each call is answered right behind it, whatever stood between', () => {
    const turns = [
      HI,
      said(call('a'), call('b')),
      { role: 'system' as const, parts: [{ kind: 'text' as const, text: 's' }] },
      asked(result('b'), result('a', 'no such file', true), { kind: 'text', text: 'and?' }),
    ];
    expect(messages(turns)).toEqual([
      { role: 'user', content: 'hi' },
      { role: 'assistant', content: null, tool_calls: [written('a'), written('b')] },
      { role: 'tool', tool_call_id: 'a', content: 'The tool failed: no such file' },
      { role: 'tool', tool_call_id: 'b', content: 'found' },
      { role: 'developer', content: 's' },
      { role: 'user', content: 'and?' },
    ]);
  });

  test('of a cut history no call stays open and no result without a call', () => {
    const { body, told } = write({ turns: [asked(result('x')), said(call('a')), HI] });
    expect(body['messages']).toEqual([
      { role: 'user', content: 'Result of f: found' },
      { role: 'assistant', content: null, tool_calls: [written('a')] },
      { role: 'tool', tool_call_id: 'a', content: 'No result was given.' },
      { role: 'user', content: 'hi' },
    ]);
    expect(told).toHaveLength(2);
  });

  test('pictures of a result follow in a message of the user', () => {
    const picture = {
      kind: 'tool-result' as const,
      id: 'a',
      name: 'f',
      content: [
        { kind: 'image' as const, source: { kind: 'data' as const, mediaType: 'image/png', base64: 'aGk=' } },
      ],
      failed: false,
      custom: false,
    };
    expect(messages([HI, said(call('a')), asked(picture)])).toMatchObject([
      {},
      {},
      { role: 'tool', tool_call_id: 'a', content: expect.any(String) },
      {
        role: 'user',
        content: [{ type: 'text' }, { type: 'image_url', image_url: { url: 'data:image/png;base64,aGk=' } }],
      },
    ]);
  });

  test('texts that stood apart are paragraphs, neighbours are one', () => {
    const text = (written: string): AssistantPart => ({ kind: 'text', text: written });
    const turn = said(text('a'), text('b'), { kind: 'reasoning', text: 'hm', signature: null }, text('c'));
    expect(messages([HI, turn])).toMatchObject([{}, { role: 'assistant', content: 'ab\n\nc' }]);
  });

  test('refusals, and turns of which nothing is left', () => {
    const turns = [
      HI,
      said({ kind: 'reasoning', text: 'hm', signature: null }),
      said({ kind: 'refusal', text: 'No.' }),
    ];
    expect(messages(turns)).toEqual([
      { role: 'user', content: 'hi' },
      { role: 'assistant', content: null, refusal: 'No.' },
    ]);
  });
});

describe('reasoning sent back', () => {
  const entry = (index: number, more: object = {}) => ({
    type: 'reasoning.text',
    text: 'hm',
    index,
    ...more,
  });
  const signed = (value: object): AssistantPart => ({
    kind: 'reasoning',
    text: 'hm',
    signature: { format: 'reasoning-details', value: JSON.stringify(value), id: null, origin: null },
  });
  const plain: AssistantPart = { kind: 'reasoning', text: 'hm', signature: null };
  const last = (target: Target, ...parts: readonly AssistantPart[]) => {
    const listed = messages([HI, said(...parts, call('a')), asked(result('a'))], target);
    return isArray(listed) ? listed[1] : undefined;
  };

  test('as its member with calls, and not with words alone', () => {
    expect(last(custom(), plain)).toMatchObject({ reasoning_content: 'hm' });
    const turn = said(plain, { kind: 'text', text: 'a' });
    expect(messages([HI, turn], custom())).toEqual([
      { role: 'user', content: 'hi' },
      { role: 'assistant', content: 'a' },
    ]);
  });

  test('as entries, of which the last fragment is whole', () => {
    const parts = [signed(entry(0)), signed(entry(0, { signature: 's' })), signed(entry(1))];
    expect(last(OPENROUTER, ...parts)).toMatchObject({
      reasoning_details: [entry(0, { signature: 's' }), entry(1)],
    });
    expect(last(OPENROUTER, plain)).toMatchObject({ reasoning: 'hm' });
  });

  test('not at all where it is not taken, which is told', () => {
    expect(last(OPENAI, plain)).toEqual({ role: 'assistant', content: null, tool_calls: [written('a')] });
    expect(write({ turns: [HI, said(plain, call('a'))] }).told[0]).toContain('reasoning');
  });
});

describe('content', () => {
  const content = (part: UserPart, target = OPENAI) => {
    const { body, told } = write({ turns: [asked(part)] }, target);
    const [message] = isArray(body['messages']) ? body['messages'] : [];
    return { content: isObject(message) ? message['content'] : undefined, told };
  };
  const file = (mediaType: string): UserPart => ({
    kind: 'file',
    name: 'a',
    source: { kind: 'data', mediaType, base64: 'aGk=' },
  });

  test('files that are text are read to the model, others are files', () => {
    expect(content(file('text/markdown')).content).toBe('File a:\nhi');
    expect(content(file('application/pdf')).content).toEqual([
      { type: 'file', file: { filename: 'a', file_data: 'data:application/pdf;base64,aGk=' } },
    ]);
    const groq = content(file('application/pdf'), { ...custom(), provider: 'groq' });
    expect(groq).toEqual({
      content: expect.stringContaining('could not be passed on'),
      told: [expect.any(String)],
    });
  });

  test('sounds', () => {
    const sound: UserPart = {
      kind: 'audio',
      source: { kind: 'data', mediaType: 'audio/mpeg', base64: 'aGk=' },
    };
    expect(content(sound).content).toEqual([
      { type: 'input_audio', input_audio: { data: 'aGk=', format: 'mp3' } },
    ]);
  });

  test('marks of tools too', () => {
    const tools = [{ ...TOOL, cache: { ttl: '1h' } }];
    const mark = { cache_control: { type: 'ephemeral', ttl: '1h' } };
    expect(write({ tools }, OPENROUTER).body['tools']).toMatchObject([mark]);
    expect(write({ tools }).body['tools']).not.toMatchObject([mark]);
  });

  test('marks of the cache are for OpenRouter alone', () => {
    const part: UserPart = { kind: 'text', text: 'a', cache: { ttl: '1h' } };
    expect(content(part)).toEqual({ content: 'a', told: [] });
    expect(content(part, OPENROUTER).content).toEqual([
      { type: 'text', text: 'a', cache_control: { type: 'ephemeral', ttl: '1h' } },
    ]);
  });
});

describe('tools', () => {
  test('strict is asked for only where it can be had', () => {
    const strict = {
      ...TOOL,
      strict: true,
      schema: { type: 'object', properties: {}, additionalProperties: false },
    };
    expect(write({ tools: [strict] }).body['tools']).toMatchObject([{ function: { strict: true } }]);
    const { body, told } = write({ tools: [{ ...TOOL, strict: true }] });
    expect(body['tools']).toEqual([
      { type: 'function', function: { name: 'f', parameters: { type: 'object', properties: {} } } },
    ]);
    expect(told).toHaveLength(1);
  });

  test('custom and hosted ones', () => {
    const tool: Tool = {
      kind: 'custom',
      name: 'p',
      description: 'd',
      format: { type: 'grammar', syntax: 'lark', definition: 'x' },
    };
    const { body, told } = write({ tools: [tool, { kind: 'hosted', name: 'web_search' }] });
    expect(body['tools']).toEqual([
      {
        type: 'custom',
        custom: {
          name: 'p',
          description: 'd',
          format: { type: 'grammar', grammar: { syntax: 'lark', definition: 'x' } },
        },
      },
    ]);
    expect(told).toEqual([expect.stringContaining('web_search')]);
  });

  test('a choice of some is named to OpenAI, elsewhere the others are hidden', () => {
    const some = {
      tools: [TOOL, { ...TOOL, name: 'g' }],
      ...settings({ toolChoice: { kind: 'subset', names: ['g'], required: true } }),
    };
    expect(write(some).body['tool_choice']).toEqual({
      type: 'allowed_tools',
      allowed_tools: { mode: 'required', tools: [{ type: 'function', function: { name: 'g' } }] },
    });
    const { body } = write(some, custom());
    expect(body['tool_choice']).toBe('required');
    expect(body['tools']).toMatchObject([{ function: { name: 'g' } }]);
  });

  test('without tools there is neither a choice nor a switch', () => {
    const { body } = write(settings({ toolChoice: { kind: 'required' }, parallelTools: false }));
    expect(Object.keys(body)).toEqual(['model', 'messages']);
  });

  test.each<[Target, object]>([
    [OPENAI, { parallel_tool_calls: false }],
    [openai('o4-mini'), {}],
    [custom({ parallelToolCalls: false }), {}],
  ])('one call at a time: $model', (target, expected) => {
    const { body, told } = write({ tools: [TOOL], ...settings({ parallelTools: false }) }, target);
    expect(body['parallel_tool_calls']).toBe('parallel_tool_calls' in expected ? false : undefined);
    expect(told).toHaveLength('parallel_tool_calls' in expected ? 0 : 1);
  });
});

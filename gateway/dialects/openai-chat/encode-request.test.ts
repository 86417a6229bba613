import { describe, expect, test } from 'vitest';
import type { AssistantPart, Turn, UserPart } from '../../core/canonical/parts.ts';
import {
  NO_SETTINGS,
  type CanonicalRequest,
  type Effort,
  type Settings,
  type Tool,
} from '../../core/canonical/request.ts';
import type { Target } from '../../core/dialect.ts';
import { isArray, isObject } from '../../core/json.ts';
import { COMPATIBLE_CHAT, OPENAI_CHAT, type ChatTraits } from '../../core/provider.ts';
import { encodeRequest } from './encode-request.ts';

const OPENAI: Target = { provider: 'openai', model: 'gpt-4.1', facts: {}, chat: OPENAI_CHAT };
const OPENROUTER: Target = {
  provider: 'openrouter',
  model: 'openai/gpt-5',
  facts: {},
  chat: { ...COMPATIBLE_CHAT, reasoningBack: 'reasoning_details', reasoningWish: 'reasoning' },
};
const custom = (traits: Partial<ChatTraits> = {}): Target => ({
  provider: 'custom',
  model: 'some-model',
  facts: {},
  chat: { ...COMPATIBLE_CHAT, ...traits },
});
const openai = (model: string): Target => ({ ...OPENAI, model });

const HI: Turn = { role: 'user', parts: [{ kind: 'text', text: 'hi' }] };
const TOOL: Tool = { kind: 'function', name: 'f', description: '', schema: { type: 'object' }, strict: null };

function write(part: Partial<CanonicalRequest>, target = OPENAI) {
  const told: string[] = [];
  const request = {
    model: 'asked',
    streamed: false,
    system: [],
    turns: [HI],
    tools: [],
    settings: NO_SETTINGS,
  };
  const body = encodeRequest({ ...request, ...part }, target, (line) => told.push(line));
  return { body, told };
}
const settings = (some: Partial<Settings>): Partial<CanonicalRequest> => ({
  settings: { ...NO_SETTINGS, ...some },
});
const messages = (turns: readonly Turn[], target = OPENAI) => write({ turns }, target).body['messages'];
const said = (...parts: readonly AssistantPart[]): Turn => ({ role: 'assistant', parts });
const asked = (...parts: readonly UserPart[]): Turn => ({ role: 'user', parts });
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
      { type: 'function', function: { name: 'f', parameters: { type: 'object' } } },
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

describe('settings', () => {
  const body = (some: Partial<Settings>, target = OPENAI) => {
    const { body: whole, told } = write(settings(some), target);
    const rest = Object.fromEntries(
      Object.entries(whole).filter(([name]) => !/^(?:model|messages)$/.test(name)),
    );
    return { rest, told: told.length };
  };

  test.each<[string, Partial<Settings>, Target, object, number]>([
    ['tokens, as the server calls them', { maxTokens: 9 }, custom(), { max_tokens: 9 }, 0],
    [
      'tokens of a reasoning model',
      { maxTokens: 9 },
      { ...custom(), model: 'gpt-5' },
      { max_completion_tokens: 9 },
      0,
    ],
    ['tokens for OpenRouter', { maxTokens: 9 }, OPENROUTER, { max_tokens: 9 }, 0],
    [
      'sampling',
      { temperature: 0, topP: 0.5, presencePenalty: 1 },
      OPENAI,
      { temperature: 0, top_p: 0.5, presence_penalty: 1 },
      0,
    ],
    [
      'sampling of a reasoning model',
      { temperature: 0, topP: 0.5, frequencyPenalty: 1 },
      openai('o3'),
      {},
      3,
    ],
    [
      'sampling of one that is told not to reason',
      { temperature: 0, presencePenalty: 1, reasoning: { effort: 'none', budget: null, visible: null } },
      openai('gpt-5.1'),
      { temperature: 0, reasoning_effort: 'none' },
      1,
    ],
    [
      'the chat variant does not reason',
      { temperature: 0 },
      openai('gpt-5-chat-latest'),
      { temperature: 0 },
      0,
    ],
    ['top_k', { topK: 5 }, OPENROUTER, { top_k: 5 }, 0],
    ['top_k elsewhere', { topK: 5 }, OPENAI, {}, 1],
    ['five stops', { stop: ['a', 'b', 'c', 'd', 'e'] }, OPENAI, { stop: ['a', 'b', 'c', 'd'] }, 1],
    ['a stop nobody takes', { stop: ['a'] }, openai('gpt-5-mini'), {}, 1],
    ['one candidate', { candidates: 1 }, OPENAI, {}, 0],
    ['two', { candidates: 2, seed: 1 }, OPENAI, { n: 2, seed: 1 }, 0],
    [
      'who and what for',
      { user: 'u', cacheKey: 'k', serviceTier: 'flex' },
      OPENAI,
      { safety_identifier: 'u', prompt_cache_key: 'k', service_tier: 'flex' },
      0,
    ],
    ['elsewhere not', { user: 'u', cacheKey: 'k', serviceTier: 'flex' }, custom(), {}, 3],
    [
      'a name too long, a tier unknown',
      { user: 'u'.repeat(65), serviceTier: 'standard_only' },
      OPENAI,
      {},
      2,
    ],
    ['verbosity', { verbosity: 'low' }, openai('gpt-5.2'), { verbosity: 'low' }, 0],
    ['verbosity of an older model', { verbosity: 'low' }, OPENAI, {}, 1],
  ])('%s', (_, some, target, rest, told) => {
    expect(body(some, target)).toEqual({ rest, told });
  });

  const wish = (effort: Effort | null, budget: number | null = null) => ({
    reasoning: { effort, budget, visible: null },
  });
  const knowing = (capability: 'reasoning' | 'vision'): Target => ({
    ...custom(),
    facts: { capabilities: [capability] },
  });

  test.each<[string, Partial<Settings>, Target, object, number]>([
    ['an effort', wish('high'), openai('o3'), { reasoning_effort: 'high' }, 0],
    ['a budget', wish(null, 4_000), openai('o3'), { reasoning_effort: 'medium' }, 0],
    ['the most', wish('max'), openai('gpt-5'), { reasoning_effort: 'high' }, 0],
    ['the most of a newer one', wish('max'), openai('gpt-5.2'), { reasoning_effort: 'xhigh' }, 0],
    ['none, of one that cannot but think', wish('none'), openai('gpt-5'), { reasoning_effort: 'minimal' }, 0],
    ['of one that does not reason', wish('high'), OPENAI, {}, 1],
    ['nor is asked to', wish('none'), OPENAI, {}, 0],
    ['known not to reason', wish('high'), knowing('vision'), {}, 1],
    ['known to', wish('none'), knowing('reasoning'), { reasoning_effort: 'none' }, 0],
    ['not known', wish('low'), custom(), { reasoning_effort: 'low' }, 0],
    ['OpenRouter', wish('low'), OPENROUTER, { reasoning: { effort: 'low' } }, 0],
    ['OpenRouter with a budget', wish(null, 900), OPENROUTER, { reasoning: { max_tokens: 900 } }, 0],
    ['OpenRouter with none', wish('none'), OPENROUTER, { reasoning: { enabled: false } }, 0],
    ['a switch', wish('low'), custom({ reasoningWish: 'thinking' }), { thinking: { type: 'enabled' } }, 0],
    [
      'Qwen',
      wish(null, 900),
      custom({ reasoningWish: 'enable_thinking' }),
      { enable_thinking: true, thinking_budget: 900 },
      0,
    ],
    ['nowhere', wish('low'), custom({ reasoningWish: 'none' }), {}, 1],
  ])('wish: %s', (_, some, target, rest, told) => {
    expect(body(some, target)).toEqual({ rest, told });
  });

  test('newer models take tools or an effort', () => {
    const request = { tools: [TOOL], ...settings(wish('high')) };
    const { body: written, told } = write(request, openai('gpt-5.4-mini'));
    expect(written).not.toHaveProperty('reasoning_effort');
    expect(told).toHaveLength(1);
    expect(write(request, openai('gpt-5.2')).body).toHaveProperty('reasoning_effort');
  });

  test('usage is asked for on streams', () => {
    expect(write({ streamed: true }).body).toMatchObject({
      stream: true,
      stream_options: { include_usage: true },
    });
    expect(write({}).body).not.toHaveProperty('stream_options');
  });
});

describe('form of the answer', () => {
  const schema = {
    type: 'object',
    properties: { x: { type: 'number' } },
    required: ['x'],
    additionalProperties: false,
  };
  const format: Settings['format'] = {
    kind: 'schema',
    name: 'my point',
    description: '',
    schema,
    strict: null,
  };
  const sent = (value: Settings['format'], target = OPENAI) =>
    write(settings({ format: value }), target).body;

  test('a schema is enforced, strictly where it is strict', () => {
    expect(sent(format)['response_format']).toEqual({
      type: 'json_schema',
      json_schema: { name: 'my_point', schema, strict: true },
    });
    const loose = sent({ ...format, schema: { type: 'object' } })['response_format'];
    expect(loose).toEqual({
      type: 'json_schema',
      json_schema: { name: 'my_point', schema: { type: 'object' } },
    });
  });

  test.each([
    ['json_object', { type: 'json_object' }],
    ['none', undefined],
  ] as const)('where it is not (%s), it is asked for in words', (structured, expected) => {
    const body = sent(format, custom({ structured }));
    expect(body['response_format']).toEqual(expected);
    expect(body['messages']).toMatchObject([
      { role: 'system', content: expect.stringContaining(JSON.stringify(schema)) },
      { role: 'user' },
    ]);
  });

  test('some JSON needs the word in the conversation', () => {
    expect(sent({ kind: 'json' })).toMatchObject({
      response_format: { type: 'json_object' },
      messages: [{ content: expect.stringContaining('JSON') }, { content: 'hi' }],
    });
    const turns = [asked({ kind: 'text', text: 'As json, please' })];
    expect(write({ turns, ...settings({ format: { kind: 'json' } }) }).body['messages']).toHaveLength(1);
  });
});

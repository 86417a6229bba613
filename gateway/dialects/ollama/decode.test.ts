import { describe, expect, it } from 'vitest';
import type { CanonicalRequest } from '../../core/canonical/request.ts';
import { GatewayError } from '../../core/errors.ts';
import { isObject } from '../../core/json.ts';
import { scanBody } from '../../core/scan-body.ts';
import { ollamaChat, ollamaGenerate } from './index.ts';

const FACTS = { model: 'm', streamed: true, usageAsked: true };
const PNG = 'iVBORw0KGgoAAAANSUhEUg==';
const JPEG = '/9j/4AAQSkZJRg==';

function decode(
  body: object,
  shape = ollamaChat,
): CanonicalRequest & { readonly warnings: readonly string[] } {
  const warnings: string[] = [];
  const parsed: unknown = JSON.parse(JSON.stringify(body));
  if (!isObject(parsed)) throw new Error('a request is an object');
  const request = shape.decodeRequest(parsed, FACTS, ({ text }) => void warnings.push(text));
  return { ...request, warnings };
}
const generate = (body: object) => decode(body, ollamaGenerate);
const chat = (messages: readonly object[], more: object = {}) => decode({ model: 'm', messages, ...more });
const user = (content: string) => ({ role: 'user', content });

describe('what is read before the body is parsed', () => {
  const read = (body: object) =>
    ollamaChat.readRequest(scanBody(Buffer.from(JSON.stringify(body))), {
      model: null,
      streamed: null,
      framing: 'ndjson',
    });

  it('streams unless told otherwise', () => {
    expect(read({ model: 'm' })).toMatchObject({ model: 'm', streamed: true });
    expect(read({ model: 'm', stream: true }).streamed).toBe(true);
    expect(read({ model: 'm', stream: null }).streamed).toBe(true);
    expect(read({ model: 'm', stream: false }).streamed).toBe(false);
    expect(read({})).toMatchObject({ model: '' });
  });

  it.each([
    ['model', { model: 7 }],
    ['stream', { model: 'm', stream: 'false' }],
  ])('names %s where it has the wrong type', (field, body) => {
    expect(() => read(body)).toThrow(expect.objectContaining({ code: 'invalid_request', field }));
  });
});

describe('messages', () => {
  it('begin with instructions; later ones stay in their place', () => {
    const { system, turns } = chat([
      { role: 'system', content: 'one' },
      { role: 'system', content: 'two' },
      user('hi'),
      { role: 'system', content: 'now' },
      user('go'),
    ]);
    expect(system).toEqual([
      { kind: 'text', text: 'one' },
      { kind: 'text', text: 'two' },
    ]);
    expect(turns.map(({ role }) => role)).toEqual(['user', 'system', 'user']);
  });

  it('of one speaker in a row are one turn', () => {
    const { turns } = chat([user('a'), user('b'), { role: 'assistant', content: 'c' }]);
    expect(turns).toEqual([
      {
        role: 'user',
        parts: [
          { kind: 'text', text: 'a' },
          { kind: 'text', text: 'b' },
        ],
      },
      { role: 'assistant', parts: [{ kind: 'text', text: 'c' }] },
    ]);
  });

  it('bring images whose kind is told by their first bytes, data URLs too', () => {
    const { turns } = chat([{ ...user('see'), images: [PNG, `data:image/whatever;base64,${JPEG}`] }]);
    expect(turns[0]?.parts.slice(1)).toEqual([
      { kind: 'image', source: { kind: 'data', mediaType: 'image/png', base64: PNG } },
      { kind: 'image', source: { kind: 'data', mediaType: 'image/jpeg', base64: JPEG } },
    ]);
  });

  it('bring thoughts, calls with object arguments, and results by the name of the tool', () => {
    const { turns } = chat([
      user('weather'),
      {
        role: 'assistant',
        content: '',
        thinking: 'two cities',
        tool_calls: [
          { function: { name: 'weather', arguments: { city: 'Rome' } } },
          { function: { name: 'time', arguments: {} } },
          { function: { name: 'weather', arguments: { city: 'Oslo' } } },
        ],
      },
      { role: 'tool', tool_name: 'time', content: '12:00' },
      { role: 'tool', tool_name: 'weather', content: 'sun' },
      { role: 'tool', tool_name: 'weather', content: 'snow', images: [PNG] },
      user('so?'),
    ]);
    expect(turns[1]).toEqual({
      role: 'assistant',
      parts: [
        { kind: 'reasoning', text: 'two cities', signature: null },
        { kind: 'tool-call', id: 'call_1', name: 'weather', input: '{"city":"Rome"}', custom: false },
        { kind: 'tool-call', id: 'call_2', name: 'time', input: '{}', custom: false },
        { kind: 'tool-call', id: 'call_3', name: 'weather', input: '{"city":"Oslo"}', custom: false },
      ],
    });
    const answered = turns[2]?.parts.map((part) => (part.kind === 'tool-result' ? part.id : part.kind));
    expect(answered).toEqual(['call_1', 'call_2', 'call_3', 'text']);
    expect(turns[2]?.parts[2]).toMatchObject({
      content: [{ kind: 'text', text: 'snow' }, { kind: 'image' }],
    });
  });

  it('keep the ids that newer clients bring, also where results come in another order', () => {
    const { turns } = chat([
      user('go'),
      {
        role: 'assistant',
        tool_calls: [
          { id: 'a', function: { name: 'f', arguments: '{"x":1}' } },
          { id: 'b', function: { name: 'f', arguments: '' } },
        ],
      },
      { role: 'tool', tool_call_id: 'b', content: 'second' },
      { role: 'tool', content: 'first' },
    ]);
    expect(turns[1]?.parts).toMatchObject([
      { id: 'a', input: '{"x":1}' },
      { id: 'b', input: '{}' },
    ]);
    expect(turns[2]?.parts).toMatchObject([
      { id: 'a', content: [{ text: 'first' }] },
      { id: 'b', content: [{ text: 'second' }] },
    ]);
  });

  it('a result that answers no call is left out and told', () => {
    const { turns, warnings } = chat([user('go'), { role: 'tool', tool_name: 'f', content: 'lost' }]);
    expect(turns).toHaveLength(1);
    expect(warnings).toEqual([
      'messages[1] is the result of no tool call of this conversation and was left out.',
    ]);
  });
});

describe('settings', () => {
  it('are carried where they mean the same elsewhere; the rest is told once', () => {
    const { settings, warnings } = chat([user('hi')], {
      keep_alive: '5m',
      logprobs: true,
      options: {
        temperature: 0.5,
        top_p: 0.9,
        top_k: 20,
        num_predict: 100,
        stop: 'END',
        seed: 1,
        num_ctx: 8_192,
        mirostat: 1,
      },
    });
    expect(settings).toMatchObject({
      temperature: 0.5,
      topP: 0.9,
      topK: 20,
      maxTokens: 100,
      stop: ['END'],
      seed: 1,
    });
    expect(warnings).toEqual([
      '"logprobs" has no counterpart at other providers and was left out.',
      'options.num_ctx, options.mirostat: only Ollama itself knows this; left out.',
    ]);
  });

  it.each([-1, -2, 0])('num_predict %s is no limit', (limit) => {
    expect(chat([user('hi')], { options: { num_predict: limit } }).settings.maxTokens).toBeNull();
  });

  it.each([
    ['', { kind: 'text' }],
    [null, { kind: 'text' }],
    ['json', { kind: 'json' }],
    [{ type: 'object' }, { kind: 'schema', schema: { type: 'object' } }],
  ])('format %j', (format, expected) => {
    expect(chat([user('hi')], { format }).settings.format).toMatchObject(expected);
  });

  it.each([
    [true, { effort: 'medium', visible: true }],
    [false, { effort: 'none', visible: false }],
    ['high', { effort: 'high', visible: true }],
  ])('think %j', (think, expected) => {
    expect(chat([user('hi')], { think }).settings.reasoning).toMatchObject(expected);
  });

  it('tools are functions; others are left out and told', () => {
    const { tools, warnings } = chat([user('hi')], {
      tools: [
        { type: 'function', function: { name: 'f', description: 'd', parameters: { type: 'object' } } },
        { function: { name: 'g' } },
        { type: 'browser' },
      ],
    });
    expect(tools).toEqual([
      { kind: 'function', name: 'f', description: 'd', schema: { type: 'object' }, strict: null },
      { kind: 'function', name: 'g', description: '', schema: null, strict: null },
    ]);
    expect(warnings).toHaveLength(1);
  });
});

describe('generation', () => {
  it('is one turn, with instructions and images', () => {
    const { system, turns, warnings } = generate({
      model: 'm',
      system: 'short',
      prompt: 'what is it',
      images: [PNG],
    });
    expect(system).toEqual([{ kind: 'text', text: 'short' }]);
    expect(turns).toMatchObject([{ role: 'user', parts: [{ text: 'what is it' }, { kind: 'image' }] }]);
    expect(warnings).toEqual([]);
  });

  it.each(['suffix', 'template', 'context', 'raw'])('%s is told', (name) => {
    expect(generate({ model: 'm', prompt: 'x', [name]: [1] }).warnings.join()).toContain(`"${name}"`);
  });
});

it.each([
  ['messages', { messages: [] }],
  ['messages', { messages: 'hi' }],
  ['messages[0]', { messages: ['hi'] }],
  ['messages[0].role', { messages: [{ role: 'robot', content: 'hi' }] }],
  ['messages[0].content', { messages: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }] }],
  ['messages[0].images[0]', { messages: [{ ...user('hi'), images: ['bm90IGFuIGltYWdl'] }] }],
  ['messages[0].images[0]', { messages: [{ ...user('hi'), images: ['https://example.com/x.png'] }] }],
  ['messages[0].tool_calls[0].function', { messages: [{ role: 'assistant', tool_calls: [{}] }] }],
  [
    'messages[0].tool_calls[0].function.arguments',
    { messages: [{ role: 'assistant', tool_calls: [{ function: { name: 'f', arguments: [1] } }] }] },
  ],
  ['tools[0].function', { messages: [user('hi')], tools: [{ type: 'function' }] }],
  ['options', { messages: [user('hi')], options: [] }],
  ['options.temperature', { messages: [user('hi')], options: { temperature: 'hot' } }],
  ['format', { messages: [user('hi')], format: 'yaml' }],
  ['think', { messages: [user('hi')], think: 'loudly' }],
])('refuses what is wrong and names %s', (field, body) => {
  expect(() => decode({ model: 'm', ...body })).toThrow(GatewayError);
  expect(() => decode({ model: 'm', ...body })).toThrow(
    expect.objectContaining({ code: 'invalid_request', field }),
  );
});

it('a generation that asks nothing is refused', () => {
  expect(() => generate({ model: 'm', prompt: '' })).toThrow(expect.objectContaining({ field: 'prompt' }));
});

/** Settings, the wish for thoughts and the form of the answer, as servers and models take them. */
import { describe, expect, test } from 'vitest';
import type { Effort, Settings } from '../../core/canonical/request.ts';
import type { Target } from '../../core/dialect.ts';
import {
  asked,
  custom,
  openai,
  OPENAI,
  OPENROUTER,
  settings,
  TOOL,
  write,
} from '../../testing/encode-chat.ts';

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
    ['the most', wish('max'), openai('gpt-5'), { reasoning_effort: 'high' }, 1],
    ['the most of a newer one', wish('max'), openai('gpt-5.2'), { reasoning_effort: 'xhigh' }, 1],
    ['none, of one that cannot but think', wish('none'), openai('gpt-5'), { reasoning_effort: 'minimal' }, 1],
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

test('tells of a provider by the name that its user gave it', () => {
  const { told } = write(settings({ topK: 5 }), custom());
  expect(told).toEqual(['top_k is not known to my-llama and was left out.']);
});

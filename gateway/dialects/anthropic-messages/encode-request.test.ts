import { describe, expect, test } from 'vitest';
import type { AssistantPart } from '../../core/canonical/parts.ts';
import type { Effort, Settings } from '../../core/canonical/request.ts';
import {
  NEW,
  OLD,
  assistant,
  block,
  call,
  encode,
  hi,
  result,
  text,
  tool,
  user,
  type Wish,
} from '../../testing/encode-anthropic.ts';

test('the least there is', () => {
  expect(encode({})).toEqual({
    body: { model: OLD, max_tokens: 4_000, messages: [{ role: 'user', content: [block('hi')] }] },
    warnings: [],
  });
});

describe('tools', () => {
  test('as the API has them', () => {
    const { body } = encode({
      request: {
        tools: [tool('f', { description: 'Does.', cache: { ttl: null } }), tool('g', { schema: null })],
      },
    });
    expect(body['tools']).toEqual([
      {
        name: 'f',
        description: 'Does.',
        input_schema: { type: 'object', properties: {} },
        cache_control: { type: 'ephemeral' },
      },
      { name: 'g', input_schema: { type: 'object', properties: {} } },
    ]);
    expect(body).not.toHaveProperty('tool_choice');
  });

  test('what others run is left out', () => {
    const { body, warnings } = encode({
      request: {
        tools: [
          { kind: 'hosted', name: 'web_search' },
          { kind: 'custom', name: 'patch', description: '', format: null },
        ],
      },
      settings: { toolChoice: { kind: 'auto' } },
    });
    expect(body).not.toHaveProperty('tools');
    expect(body).not.toHaveProperty('tool_choice');
    expect(warnings).toHaveLength(2);
  });

  test('strict only where the schema can be held to', () => {
    const closed = { type: 'object', properties: {}, additionalProperties: false };
    const strict = (schema: object, model = OLD) =>
      encode({ model, request: { tools: [tool('f', { strict: true, schema: { ...schema } })] } });
    expect(strict(closed).body['tools']).toMatchObject([{ strict: true }]);
    const open = strict({ type: 'object', properties: { a: { type: 'number', minimum: 1 } } });
    expect(open.body['tools']).toMatchObject([expect.not.objectContaining({ strict: true })]);
    expect(open.warnings).toHaveLength(1);
    expect(strict(closed, 'claude-sonnet-4-0').warnings).toHaveLength(1);
  });

  test.each<[Partial<Settings>, unknown]>([
    [{ toolChoice: { kind: 'auto' } }, { type: 'auto' }],
    [{ toolChoice: { kind: 'none' } }, { type: 'none' }],
    [
      { toolChoice: { kind: 'required' }, parallelTools: false },
      { type: 'any', disable_parallel_tool_use: true },
    ],
    [{ toolChoice: { kind: 'tool', name: 'f' } }, { type: 'tool', name: 'f' }],
    [{ toolChoice: { kind: 'subset', names: ['f'], required: true } }, { type: 'any' }],
    [{ toolChoice: { kind: 'subset', names: ['f'], required: false } }, { type: 'auto' }],
    [{ parallelTools: false }, { type: 'auto', disable_parallel_tool_use: true }],
    [{ parallelTools: true }, undefined],
  ])('choice %j', (settings, written) => {
    const { body } = encode({ request: { tools: [tool('f'), tool('g')] }, settings });
    expect(body['tool_choice']).toEqual(written);
    expect(body['tools']).toHaveLength(settings.toolChoice?.kind === 'subset' ? 1 : 2);
  });

  test('models that cannot be made to call one', () => {
    const { body, warnings } = encode({
      model: 'claude-opus-5-5',
      request: { tools: [tool('f'), tool('g')] },
      settings: { toolChoice: { kind: 'tool', name: 'g' } },
    });
    expect(body).toMatchObject({ tools: [{ name: 'g' }], tool_choice: { type: 'auto' } });
    expect(warnings).toHaveLength(1);
  });
});

describe('marks of the cache', () => {
  const marked = (value: string, ttl: string | null = null) => ({ ...text(value), cache: { ttl } });
  test('are written as they are', () => {
    const tools = [tool('f', { cache: { ttl: '1h' } })];
    const turns = [user(marked('b', '30m'))];
    const { body } = encode({ request: { tools, system: [marked('a', '1h')], turns } });
    expect(body).toMatchObject({
      // An hour behind five minutes is refused.
      tools: [{ name: 'f', cache_control: { type: 'ephemeral', ttl: '1h' } }],
      system: [{ text: 'a', cache_control: { type: 'ephemeral', ttl: '1h' } }],
      messages: [{ content: [{ text: 'b', cache_control: { type: 'ephemeral' } }] }],
    });
  });

  test('the last four count', () => {
    const parts = ['a', 'b', 'c', 'd', 'e'].map((value) => marked(value));
    const { body } = encode({
      request: {
        system: [marked('s')],
        tools: [tool('f', { cache: { ttl: null } })],
        turns: [user(...parts)],
      },
    });
    const found = JSON.stringify(body).match(/"text":"."|cache_control/g);
    expect(found?.join(' ')).toBe(
      '"text":"a" "text":"b" cache_control "text":"c" cache_control "text":"d" cache_control "text":"e" cache_control',
    );
    expect(body['system']).toBe('s');
  });
});

describe('thinking', () => {
  const wish = (effort: Effort | null, budget: number | null = null, visible: boolean | null = null) => ({
    reasoning: { effort, budget, visible },
  });
  const thinks = (visible: boolean | null) => ({
    reasoning: { effort: null, budget: null, visible, thinks: true as const },
  });
  const thinking = (model: string, settings: Partial<Settings>, rest: Wish = {}) => {
    const { body, warnings } = encode({ model, ...rest, settings });
    return { ...body, warnings };
  };

  test.each([
    [NEW, wish('high'), { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } }, 0],
    [NEW, wish(null, null, true), { thinking: { type: 'adaptive', display: 'summarized' } }, 0],
    [NEW, wish('xhigh'), { thinking: { type: 'adaptive' }, output_config: { effort: 'xhigh' } }, 0],
    [NEW, wish('minimal'), { thinking: { type: 'adaptive' }, output_config: { effort: 'low' } }, 0],
    [NEW, wish(null, 10_000), { thinking: { type: 'adaptive' }, output_config: { effort: 'medium' } }, 1],
    [NEW, wish('none'), { thinking: { type: 'disabled' } }, 0],
    [NEW, thinks(null), { thinking: { type: 'adaptive' } }, 0],
    [NEW, thinks(false), { thinking: { type: 'adaptive', display: 'omitted' } }, 0],
    [OLD, thinks(null), { thinking: { type: 'enabled', budget_tokens: 2_000 }, max_tokens: 4_000 }, 0],
    // Whoever says nothing, or only that thoughts are not to be seen, asks for none.
    [NEW, wish(null), { thinking: undefined }, 0],
    [OLD, wish(null, null, false), { thinking: undefined, max_tokens: 4_000 }, 0],
    ['claude-3-5-haiku-latest', wish(null), { thinking: undefined }, 0],
    [
      'claude-opus-4-6',
      wish('xhigh'),
      { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } },
      1,
    ],
    [
      'claude-opus-4-6',
      wish(null, 2_000),
      { thinking: { type: 'enabled', budget_tokens: 2_000 }, max_tokens: 4_000 },
      0,
    ],
    ['claude-sonnet-5-5', wish('none'), { thinking: { type: 'between_tools' } }, 0],
    ['claude-fable-5', wish('none'), { thinking: undefined, output_config: { effort: 'low' } }, 1],
    [OLD, wish('medium'), { thinking: { type: 'enabled', budget_tokens: 2_000 }, max_tokens: 4_000 }, 0],
    [OLD, wish('none'), { thinking: { type: 'disabled' } }, 0],
    ['claude-3-5-haiku-latest', wish('high'), { thinking: undefined, max_tokens: 4_000 }, 1],
    ['qwen3', wish('low'), { thinking: { type: 'enabled', budget_tokens: 1_024 } }, 0],
  ])('%s %j', (model, settings, written, warned) => {
    const seen = thinking(model, settings);
    expect({ thinking: undefined, ...seen }).toMatchObject(written);
    expect(seen.warnings).toHaveLength(warned);
  });

  test.each([
    // asked, budget wished -> limit, budget
    [500, 2_000, 2_500, 2_000],
    [2_100, 2_000, 4_100, 2_000],
    [8_000, 2_000, 8_000, 2_000],
    [null, 2_000, 64_000, 2_000],
    [60_000, 63_500, 64_000, 62_976],
    [100, 10, 1_124, 1_024],
  ])(
    'a limit of %s beside a budget of %i leaves room for the answer',
    (maxTokens, budget, limit, written) => {
      expect(thinking(OLD, { maxTokens, ...wish(null, budget) })).toMatchObject({
        max_tokens: limit,
        thinking: { budget_tokens: written },
      });
    },
  );

  test('goes where there is no room for it', () => {
    const seen = thinking(
      'qwen3',
      { maxTokens: 1_500, ...wish('low') },
      { facts: { maxOutputTokens: 1_500 } },
    );
    expect(seen).not.toHaveProperty('thinking');
    expect(seen).toMatchObject({ max_tokens: 1_500, warnings: [expect.stringContaining('no room')] });
  });

  test('with a budget goes where a call is demanded', () => {
    const seen = thinking(
      OLD,
      { ...wish('high'), toolChoice: { kind: 'required' } },
      { request: { tools: [tool('f')] } },
    );
    expect(seen).toMatchObject({
      tool_choice: { type: 'any' },
      warnings: [expect.stringContaining('demanded')],
    });
    expect(seen).not.toHaveProperty('thinking');
  });

  test('with a budget goes in the middle of calls whose thoughts are lost, and stays where they are there', () => {
    const thought: AssistantPart = {
      kind: 'reasoning',
      text: 'x',
      signature: { format: 'anthropic', value: 'S', id: null, origin: null },
    };
    const turns = (...before: readonly AssistantPart[]) => [
      hi,
      assistant(...before, call('a')),
      user(result('a')),
    ];
    const lost = thinking(OLD, wish('high'), { request: { turns: turns(), tools: [tool('f')] } });
    expect(lost).not.toHaveProperty('thinking');
    expect(lost.warnings).toHaveLength(1);
    const kept = thinking(OLD, wish('high'), { request: { turns: turns(thought), tools: [tool('f')] } });
    expect(kept).toHaveProperty('thinking');
    const adaptive = thinking(NEW, wish('high'), { request: { turns: turns(), tools: [tool('f')] } });
    expect(adaptive).toHaveProperty('thinking');
  });
});

describe('the limit of the answer', () => {
  test.each([
    [OLD, {}, null, 64_000, 0],
    [OLD, { maxOutputTokens: 9_000 }, null, 9_000, 0],
    ['qwen3', {}, null, 8_192, 0],
    [OLD, {}, 100_000, 64_000, 1],
    ['qwen3', {}, 100_000, 100_000, 0],
  ])('%s, known: %j, asked: %s', (model, facts, maxTokens, limit, warned) => {
    const { body, warnings } = encode({ model, facts, settings: { maxTokens } });
    expect(body['max_tokens']).toBe(limit);
    expect(warnings).toHaveLength(warned);
  });
});

describe('sampling', () => {
  const adaptive = { reasoning: { effort: null, budget: null, visible: null, thinks: true as const } };
  test.each<[string, Partial<Settings>, object, number]>([
    ['qwen3', { temperature: 0.5, topP: 0.9, topK: 5 }, { temperature: 0.5, top_p: 0.9, top_k: 5 }, 0],
    [OLD, { temperature: 0.5, topP: 0.9 }, { temperature: 0.5 }, 1],
    [OLD, { topP: 0.9 }, { top_p: 0.9 }, 0],
    [OLD, { temperature: 1.7 }, { temperature: 1 }, 1],
    [NEW, { temperature: 0.5, topP: 0.9, topK: 5 }, {}, 3],
    [NEW, { temperature: 1, topP: 1 }, {}, 0],
    [OLD, { temperature: 0.5, topK: 1, ...adaptive }, {}, 2],
    [OLD, { topP: 0.96, ...adaptive }, { top_p: 0.96 }, 0],
    [OLD, { topP: 0.5, ...adaptive }, {}, 1],
    [
      OLD,
      { temperature: 0.5, reasoning: { effort: 'none', budget: null, visible: null } },
      { temperature: 0.5 },
      0,
    ],
  ])('%s %j', (model, settings, written, warned) => {
    const { body, warnings } = encode({ model, settings });
    const { temperature, top_p, top_k } = body;
    expect(JSON.parse(JSON.stringify({ temperature, top_p, top_k }))).toEqual(written);
    expect(warnings).toHaveLength(warned);
  });
});

describe('answers in JSON', () => {
  const schema = { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: false };
  const format = { kind: 'schema', name: 'x', description: '', schema, strict: true } as const;
  test('by schema where the model knows it', () => {
    const { body, warnings } = encode({ settings: { format } });
    expect(body['output_config']).toEqual({ format: { type: 'json_schema', schema } });
    expect(warnings).toEqual([]);
  });

  test('what the API does not know of a schema goes and is named', () => {
    const { body, warnings } = encode({
      settings: {
        format: { ...format, schema: { type: 'object', properties: { a: { type: 'number', maximum: 3 } } } },
      },
    });
    expect(body['output_config']).toEqual({
      format: {
        type: 'json_schema',
        schema: { type: 'object', properties: { a: { type: 'number' } }, additionalProperties: false },
      },
    });
    expect(warnings).toEqual([expect.stringMatching(/maximum/)]);
  });

  test.each([
    [{ kind: 'json' } as const, OLD, /one JSON object/],
    [format, 'claude-sonnet-4-0', /fits this JSON schema.*\n\{"type":"object"/],
  ])('in words otherwise: %j', (wish, model, words) => {
    const { body, warnings } = encode({ model, settings: { format: wish } });
    expect(body['system']).toMatch(words);
    expect(body).not.toHaveProperty('output_config');
    expect(warnings).toHaveLength(1);
  });
});

describe('other settings', () => {
  test('stop sequences, user, tier, stream', () => {
    const { body, warnings } = encode({
      request: { streamed: true },
      settings: { stop: ['END', ' \n'], user: 'u', serviceTier: 'default' },
    });
    expect(body).toMatchObject({
      stop_sequences: ['END'],
      metadata: { user_id: 'u' },
      service_tier: 'standard_only',
      stream: true,
    });
    expect(warnings).toEqual([expect.stringContaining('Stop sequences')]);
  });

  test('what the API does not know is told, each once', () => {
    const { warnings } = encode({
      settings: {
        seed: 1,
        presencePenalty: 0.5,
        frequencyPenalty: 0,
        candidates: 2,
        verbosity: 'low',
        cacheKey: 'k',
        serviceTier: 'flex',
      },
    });
    const named = ['seed', 'presence penalty', 'verbosity', 'cache key', 'number of answers', '"flex"'];
    expect(warnings).toHaveLength(named.length);
    for (const name of named) expect(warnings).toContainEqual(expect.stringContaining(name));
  });
});

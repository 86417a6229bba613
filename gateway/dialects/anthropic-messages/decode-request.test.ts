import { describe, expect, test } from 'vitest';
import { wrapSignature } from '../../core/canonical/signature.ts';
import { decodeRequest } from './decode-request.ts';

const FACTS = { model: 'claude', streamed: false, usageAsked: true, streamOptionsGiven: true };
const hi = { role: 'user', content: 'hi' };

function decode(body: Record<string, unknown>) {
  const warnings: string[] = [];
  const request = decodeRequest({ messages: [hi], ...body }, FACTS, (text) => warnings.push(text));
  return { ...request, warnings };
}
const user = (...content: readonly unknown[]) => decode({ messages: [{ role: 'user', content }] });
const assistant = (...content: readonly unknown[]) =>
  decode({ messages: [hi, { role: 'assistant', content }] });
const parts = (request: ReturnType<typeof decode>, turn = 0) => request.turns[turn]?.parts;

describe('system', () => {
  test.each([
    ['Be brief.', [{ kind: 'text', text: 'Be brief.' }]],
    ['', []],
    [null, []],
    [
      [
        { type: 'text', text: 'a' },
        { type: 'text', text: '' },
      ],
      [{ kind: 'text', text: 'a' }],
    ],
    [
      [{ type: 'text', text: 'a', cache_control: { type: 'ephemeral', ttl: '1h' } }],
      [{ kind: 'text', text: 'a', cache: { ttl: '1h' } }],
    ],
  ])('%j', (system, read) => {
    expect(decode({ system }).system).toEqual(read);
  });

  test.each([
    [
      [
        { type: 'text', text: 'x-anthropic-billing-header: cc_version=2;' },
        { type: 'text', text: 'You are' },
      ],
    ],
    ['x-anthropic-billing-header: cc_version=2;\nYou are'],
  ])("Claude Code's attribution goes: %j", (system) => {
    const { system: read, warnings } = decode({ system });
    expect(read).toEqual([{ kind: 'text', text: 'You are' }]);
    expect(warnings).toEqual([expect.stringContaining('attribution')]);
  });

  test('messages of that role: before the first turn they are instructions, later a turn', () => {
    const system = (text: string) => ({ role: 'system', content: text });
    const { system: read, turns } = decode({ system: 'a', messages: [system('b'), hi, system('c')] });
    expect(read.map(({ text }) => text)).toEqual(['a', 'b']);
    expect(turns.map(({ role }) => role)).toEqual(['user', 'system']);
  });
});

describe('turns', () => {
  test('neighbours of one speaker are one turn, messages without content none', () => {
    const says = (role: string, content: unknown) => ({ role, content });
    const { turns } = decode({
      messages: [
        hi,
        says('user', 'more'),
        says('assistant', ''),
        says('user', [{ type: 'text', text: '' }]),
        says('assistant', 'x'),
        says('assistant', 'y'),
      ],
    });
    expect(turns).toEqual([
      {
        role: 'user',
        parts: [
          { kind: 'text', text: 'hi' },
          { kind: 'text', text: 'more' },
        ],
      },
      {
        role: 'assistant',
        parts: [
          { kind: 'text', text: 'x' },
          { kind: 'text', text: 'y' },
        ],
      },
    ]);
  });

  test('results stand first, in the order of their calls and by their names', () => {
    const call = (id: string, name: string) => ({ type: 'tool_use', id, name, input: {} });
    const result = (id: string) => ({ type: 'tool_result', tool_use_id: id, content: id });
    const request = decode({
      messages: [
        hi,
        { role: 'assistant', content: [call('a', 'first'), call('b', 'second')] },
        { role: 'user', content: [{ type: 'text', text: 'and' }, result('b'), result('x')] },
        { role: 'user', content: [result('a')] },
      ],
    });
    expect(parts(request, 2)).toMatchObject([
      { kind: 'tool-result', id: 'a', name: 'first' },
      { kind: 'tool-result', id: 'b', name: 'second' },
      { kind: 'tool-result', id: 'x', name: '' },
      { kind: 'text', text: 'and' },
    ]);
  });
});

describe('blocks of the user', () => {
  const data = { type: 'base64', media_type: 'image/png', data: 'AAAA' };
  const inline = { kind: 'data', mediaType: 'image/png', base64: 'AAAA' };
  test.each([
    [{ type: 'image', source: data }, [{ kind: 'image', source: inline }]],
    [
      {
        type: 'image',
        source: { type: 'url', url: 'https://a/b.png' },
        cache_control: { type: 'ephemeral' },
      },
      [
        {
          kind: 'image',
          source: { kind: 'url', url: 'https://a/b.png', mediaType: '' },
          cache: { ttl: null },
        },
      ],
    ],
    [
      { type: 'image', source: { type: 'url', url: 'data:image/png;base64,AAAA' } },
      [{ kind: 'image', source: inline }],
    ],
    [
      { type: 'image', source: { type: 'file', file_id: 'file_1' } },
      [{ kind: 'image', source: { kind: 'uploaded', id: 'file_1', mediaType: '' } }],
    ],
    [
      { type: 'document', title: 'a.pdf', source: { ...data, media_type: 'application/pdf' } },
      [{ kind: 'file', source: { ...inline, mediaType: 'application/pdf' }, name: 'a.pdf' }],
    ],
    [
      { type: 'document', source: { type: 'url', url: 'https://a/b' } },
      [{ kind: 'file', source: { kind: 'url', url: 'https://a/b', mediaType: 'application/pdf' } }],
    ],
    [
      {
        type: 'document',
        context: 'From 1999.',
        source: { type: 'text', media_type: 'text/plain', data: 'é' },
      },
      [
        { kind: 'text', text: 'From 1999.' },
        { kind: 'file', source: { kind: 'data', mediaType: 'text/plain', base64: 'w6k=' } },
      ],
    ],
    [
      {
        type: 'document',
        title: 'Parts',
        source: {
          type: 'content',
          content: [
            { type: 'text', text: 'one' },
            { type: 'image', source: data },
          ],
        },
      },
      [
        { kind: 'text', text: 'Parts' },
        { kind: 'text', text: 'one' },
        { kind: 'image', source: inline },
      ],
    ],
    [
      { type: 'search_result', title: 'T', source: 'https://s', content: [{ type: 'text', text: 'words' }] },
      [{ kind: 'text', text: 'T\nhttps://s\n\nwords' }],
    ],
  ])('%j', (block, read) => {
    const request = user(block);
    expect(parts(request)).toEqual(read);
    expect(request.warnings).toEqual([]);
  });

  test.each([
    [{ content: 'done' }, [{ kind: 'text', text: 'done' }], false],
    [{ content: '', is_error: false }, [], false],
    [{}, [], false],
    [
      {
        content: [
          { type: 'text', text: 'see' },
          { type: 'image', source: data },
        ],
        is_error: true,
      },
      [
        { kind: 'text', text: 'see' },
        { kind: 'image', source: inline },
      ],
      true,
    ],
  ])('a result %j', (rest, content, failed) => {
    expect(parts(user({ type: 'tool_result', tool_use_id: 't', ...rest }))).toEqual([
      { kind: 'tool-result', id: 't', name: '', content, failed, custom: false },
    ]);
  });

  test('what nobody else knows is left out and told once', () => {
    const request = user(
      { type: 'text', text: 'a' },
      { type: 'container_upload' },
      { type: 'container_upload' },
    );
    expect(parts(request)).toEqual([{ kind: 'text', text: 'a' }]);
    expect(request.warnings).toEqual([expect.stringContaining('"container_upload"')]);
    const citing = { type: 'document', citations: { enabled: true }, source: { type: 'text', data: 'a' } };
    expect(user(citing).warnings).toEqual([expect.stringContaining('"citations"')]);
    expect(user({ type: 'image', source: { type: 'new' } }).warnings).toEqual([
      expect.stringContaining('"new"'),
    ]);
  });
});

describe('blocks of the assistant', () => {
  const signature = (format: string, value: string) => ({ format, value, id: null, origin: null });
  test('thoughts keep their signature', () => {
    const request = assistant(
      { type: 'thinking', thinking: 'hm', signature: 'S' },
      { type: 'redacted_thinking', data: 'D' },
      { type: 'thinking', thinking: '', signature: 'S2' },
      { type: 'thinking', thinking: 'no proof', signature: '' },
      { type: 'thinking', thinking: '', signature: '' },
      { type: 'text', text: 'a' },
    );
    expect(parts(request, 1)).toEqual([
      { kind: 'reasoning', text: 'hm', signature: signature('anthropic', 'S') },
      { kind: 'reasoning', text: '', signature: signature('anthropic-redacted', 'D') },
      { kind: 'reasoning', text: '', signature: signature('anthropic', 'S2') },
      { kind: 'reasoning', text: 'no proof', signature: null },
      { kind: 'text', text: 'a' },
    ]);
  });

  test('one that the gateway wrapped comes back as it was', () => {
    const origin = { provider: 'google', model: 'gemini', key: 'k' };
    const made = { format: 'gemini', value: 'V', id: null, origin } as const;
    const request = assistant({ type: 'thinking', thinking: 'x', signature: wrapSignature(made) });
    expect(parts(request, 1)).toEqual([{ kind: 'reasoning', text: 'x', signature: made }]);
  });

  test('calls', () => {
    const request = assistant({ type: 'tool_use', id: 't', name: 'f', input: { a: [1] } });
    expect(parts(request, 1)).toEqual([
      { kind: 'tool-call', id: 't', name: 'f', input: '{"a":[1]}', custom: false },
    ]);
  });

  test("blocks of Anthropic's own tools are left out and told", () => {
    const request = assistant(
      { type: 'server_tool_use', id: 's', name: 'web_search', input: {} },
      { type: 'web_search_tool_result', tool_use_id: 's', content: [] },
      { type: 'text', text: 'a' },
    );
    expect(parts(request, 1)).toEqual([{ kind: 'text', text: 'a' }]);
    expect(request.warnings).toHaveLength(2);
  });
});

describe('tools', () => {
  test('functions', () => {
    const { tools } = decode({
      tools: [
        { name: 'f', input_schema: { type: 'object' }, strict: true, cache_control: { type: 'ephemeral' } },
        { type: 'custom', name: 'g', description: 'Does.' },
      ],
    });
    expect(tools).toEqual([
      {
        kind: 'function',
        name: 'f',
        description: '',
        schema: { type: 'object' },
        strict: true,
        cached: true,
      },
      { kind: 'function', name: 'g', description: 'Does.', schema: null, strict: null },
    ]);
  });

  test("Anthropic's own are told", () => {
    const { tools, warnings } = decode({ tools: [{ type: 'web_search_20260318', name: 'web_search' }] });
    expect(tools).toEqual([{ kind: 'hosted', name: 'web_search' }]);
    expect(warnings).toEqual([expect.stringContaining('web_search_20260318')]);
  });

  test.each([
    [{ type: 'auto' }, { toolChoice: { kind: 'auto' }, parallelTools: null }],
    [
      { type: 'any', disable_parallel_tool_use: true },
      { toolChoice: { kind: 'required' }, parallelTools: false },
    ],
    [
      { type: 'tool', name: 'f', disable_parallel_tool_use: false },
      { toolChoice: { kind: 'tool', name: 'f' }, parallelTools: true },
    ],
    [{ type: 'none' }, { toolChoice: { kind: 'none' }, parallelTools: null }],
    [null, { toolChoice: null, parallelTools: null }],
  ])('choice %j', (choice, read) => {
    expect(decode({ tool_choice: choice }).settings).toMatchObject(read);
  });
});

describe('settings', () => {
  test.each([
    [{ thinking: { type: 'enabled', budget_tokens: 2000 } }, { effort: null, budget: 2000, visible: null }],
    [
      { thinking: { type: 'adaptive', display: 'summarized' } },
      { effort: null, budget: null, visible: true },
    ],
    [
      { thinking: { type: 'adaptive', display: 'omitted' }, output_config: { effort: 'xhigh' } },
      { effort: 'xhigh', budget: null, visible: false },
    ],
    [
      { thinking: { type: 'disabled' }, output_config: { effort: 'low' } },
      { effort: 'none', budget: null, visible: null },
    ],
    [{ thinking: { type: 'between_tools' } }, { effort: 'none', budget: null, visible: null }],
    [{ output_config: { effort: 'max' } }, { effort: 'max', budget: null, visible: null }],
    [{}, null],
  ])('reasoning %j', (body, wish) => {
    expect(decode(body).settings.reasoning).toEqual(wish);
  });

  const format = { type: 'json_schema', schema: { type: 'object' } };
  test.each([[{ output_config: { format } }], [{ output_format: format }]])('format %j', (body) => {
    expect(decode(body).settings.format).toEqual({
      kind: 'schema',
      name: 'answer',
      description: '',
      schema: { type: 'object' },
      strict: null,
    });
  });

  test('the rest', () => {
    const { settings, warnings } = decode({
      max_tokens: 5,
      temperature: 0.5,
      top_p: 0.9,
      top_k: 3,
      stop_sequences: ['a', 'b'],
      metadata: { user_id: 'u' },
      service_tier: 'standard_only',
    });
    expect(settings).toMatchObject({
      maxTokens: 5,
      temperature: 0.5,
      topP: 0.9,
      topK: 3,
      stop: ['a', 'b'],
      user: 'u',
      serviceTier: 'default',
    });
    expect(warnings).toEqual([]);
  });

  test('filling the cache becomes the shortest answer', () => {
    const { settings, warnings } = decode({ max_tokens: 0 });
    expect([settings.maxTokens, warnings]).toEqual([1, [expect.stringContaining('"max_tokens": 0')]]);
  });
});

test('what is new here is told and never refused', () => {
  const { warnings } = decode({
    container: 'c',
    mcp_servers: [],
    context_management: { edits: [] },
    thinking: { type: 'deeper' },
    output_config: { effort: 'extreme', new: 1 },
    tool_choice: { type: 'maybe' },
    tools: [{ name: 'f', defer_loading: true }],
  });
  for (const name of [
    '"container"',
    '"context_management"',
    'deeper',
    'extreme',
    'output_config.new',
    'maybe',
    'defer_loading',
  ]) {
    expect(warnings).toContainEqual(expect.stringContaining(name));
  }
  expect(warnings).toHaveLength(7);
});

test.each([
  [{ messages: null }, 'messages'],
  [{ messages: [] }, 'messages'],
  [{ messages: ['hi'] }, 'messages[0]'],
  [{ messages: [{ content: 'hi' }] }, 'messages[0].role'],
  [{ messages: [{ role: 'tool', content: 'hi' }] }, 'messages[0].role'],
  [{ messages: [{ role: 'user' }] }, 'messages[0].content'],
  [{ messages: [hi, { role: 'user', content: [{ type: 'text' }] }] }, 'messages[1].content[0].text'],
  [{ messages: [{ role: 'user', content: [{}] }] }, 'messages[0].content[0].type'],
  [{ messages: [{ role: 'user', content: [{ type: 'image' }] }] }, 'messages[0].content[0].source'],
  [
    { messages: [{ role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'f', input: 'x' }] }] },
    'messages[0].content[0].input',
  ],
  [
    { messages: [{ role: 'user', content: [{ type: 'tool_result' }] }] },
    'messages[0].content[0].tool_use_id',
  ],
  [{ system: 7 }, 'system'],
  [{ max_tokens: -1 }, 'max_tokens'],
  [{ max_tokens: '5' }, 'max_tokens'],
  [{ temperature: 'hot' }, 'temperature'],
  [{ tools: {} }, 'tools'],
  [{ tools: [{ input_schema: {} }] }, 'tools[0].name'],
  [{ stop_sequences: [1] }, 'stop_sequences[0]'],
  [{ thinking: true }, 'thinking'],
  [{ metadata: { user_id: 1 } }, 'metadata.user_id'],
  [{ output_config: { format: { type: 'json_schema' } } }, 'output_config.format.schema'],
])('%j is refused by name', (body, field) => {
  expect(() => decode(body)).toThrow(expect.objectContaining({ code: 'invalid_request', field }));
});

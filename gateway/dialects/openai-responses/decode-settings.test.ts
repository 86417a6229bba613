import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../core/json.ts';
import { decodeRequest } from './decode-request.ts';

const FACTS = { model: 'm', streamed: true, usageAsked: true };

function decode(body: JsonObject) {
  const warnings: string[] = [];
  const request = decodeRequest({ model: 'm', ...body }, FACTS, ({ text }) => warnings.push(text));
  return { ...request, warnings };
}

const call = (id: string, more: JsonObject = {}): JsonObject => ({
  type: 'function_call',
  call_id: id,
  name: 'weather',
  arguments: '{}',
  ...more,
});
describe('tools', () => {
  test('functions, flat and nested, and tools of free text', () => {
    const parameters = { type: 'object', properties: {} };
    const { tools } = decode({
      input: 'x',
      tools: [
        { type: 'function', name: 'a', description: 'A', parameters, strict: true },
        { type: 'function', function: { name: 'b', parameters } },
        { type: 'custom', name: 'c', format: { type: 'grammar', syntax: 'lark', definition: 'x' } },
      ],
    });
    expect(tools).toEqual([
      { kind: 'function', name: 'a', description: 'A', schema: parameters, strict: true },
      { kind: 'function', name: 'b', description: '', schema: parameters, strict: null },
      {
        kind: 'custom',
        name: 'c',
        description: '',
        format: { type: 'grammar', syntax: 'lark', definition: 'x' },
      },
    ]);
  });

  test('groups are flattened to names that are unique, and calls of them find those', () => {
    const group = (name: string, tool: string): JsonObject => ({
      type: 'namespace',
      name,
      description: '',
      tools: [{ type: 'function', name: tool }],
    });
    const { tools, turns, settings } = decode({
      input: [call('a', { namespace: 'x', name: 'y__z' }), call('b', { namespace: 'x__y', name: 'z' })],
      tools: [group('x', 'y__z'), group('x__y', 'z'), group('mcp__', 'q')],
      tool_choice: { type: 'function', namespace: 'x__y', name: 'z' },
    });
    expect(tools.map(({ name }) => name)).toEqual(['x__y__z', 'x__y__z_2', 'mcp__q']);
    expect(tools[1]).toMatchObject({ namespace: { name: 'x__y', tool: 'z' } });
    expect(turns[0]?.parts).toMatchObject([{ name: 'x__y__z' }, { name: 'x__y__z_2' }]);
    expect(settings.toolChoice).toEqual({ kind: 'tool', name: 'x__y__z_2' });
  });

  test('tools that OpenAI runs are told', () => {
    const { tools, warnings } = decode({ input: 'x', tools: [{ type: 'web_search' }] });
    expect(tools).toEqual([{ kind: 'hosted', name: 'web_search' }]);
    expect(warnings).toEqual([expect.stringContaining('web_search')]);
  });

  test.each([
    ['auto', { kind: 'auto' }],
    ['required', { kind: 'required' }],
    ['none', { kind: 'none' }],
    [
      { type: 'function', name: 'a' },
      { kind: 'tool', name: 'a' },
    ],
    [
      { type: 'function', function: { name: 'a' } },
      { kind: 'tool', name: 'a' },
    ],
    [
      { type: 'custom', name: 'c' },
      { kind: 'tool', name: 'c' },
    ],
    [
      { type: 'allowed_tools', mode: 'required', tools: [{ type: 'function', name: 'a' }] },
      { kind: 'subset', names: ['a'], required: true },
    ],
    [
      { type: 'allowed_tools', allowed_tools: { mode: 'auto', tools: [{ type: 'custom', name: 'c' }] } },
      { kind: 'subset', names: ['c'], required: false },
    ],
    [{ type: 'web_search' }, null],
    [{ type: 'mcp', server_label: 'x' }, null],
    [{ type: 'allowed_tools', mode: 'auto', tools: [{ type: 'web_search' }] }, null],
  ])('choice %j', (choice, read) => {
    const { settings, warnings } = decode({ input: 'x', tool_choice: choice });
    expect(settings.toolChoice).toEqual(read);
    expect(warnings).toHaveLength(read === null ? 1 : 0);
  });
});

describe('settings', () => {
  test('everything that has a counterpart', () => {
    const { settings, warnings } = decode({
      input: 'x',
      max_output_tokens: 100,
      temperature: 0.5,
      top_p: 0.9,
      parallel_tool_calls: false,
      reasoning: { effort: 'high', summary: 'detailed' },
      text: {
        verbosity: 'low',
        format: { type: 'json_schema', name: 'n', schema: { type: 'object' }, strict: true },
      },
      safety_identifier: 's',
      user: 'u',
      prompt_cache_key: 'c',
      service_tier: 'flex',
      store: false,
      metadata: { a: 'b' },
      include: ['reasoning.encrypted_content'],
      stream_options: { include_obfuscation: false },
      truncation: 'disabled',
    });
    expect(settings).toMatchObject({
      maxTokens: 100,
      temperature: 0.5,
      topP: 0.9,
      stop: [],
      parallelTools: false,
      reasoning: { effort: 'high', budget: null, visible: true },
      format: { kind: 'schema', name: 'n', description: '', schema: { type: 'object' }, strict: true },
      verbosity: 'low',
      user: 's',
      cacheKey: 'c',
      serviceTier: 'flex',
    });
    expect(warnings).toEqual([]);
  });

  test('what has none is told', () => {
    const { warnings } = decode({
      input: 'x',
      truncation: 'auto',
      top_logprobs: 3,
      reasoning: { effort: 'colossal' },
      include: ['message.output_text.logprobs'],
      moderation: null,
    });
    expect(warnings).toHaveLength(4);
  });

  test('any JSON', () => {
    expect(decode({ input: 'x', text: { format: { type: 'json_object' } } }).settings.format).toEqual({
      kind: 'json',
    });
  });
});

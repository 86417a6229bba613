/** Instructions, what is new to the dialect, and what is refused. */
import { describe, expect, test } from 'vitest';
import { decode, hi } from '../../testing/decode-anthropic.ts';

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

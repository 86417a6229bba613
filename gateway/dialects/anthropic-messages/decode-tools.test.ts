/** Tools and the choice among them. */
import { describe, expect, test } from 'vitest';
import { decode } from '../../testing/decode-anthropic.ts';

describe('tools', () => {
  test('functions', () => {
    const { tools } = decode({
      tools: [
        {
          name: 'f',
          input_schema: { type: 'object' },
          strict: true,
          cache_control: { type: 'ephemeral', ttl: '1h' },
        },
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
        cache: { ttl: '1h' },
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

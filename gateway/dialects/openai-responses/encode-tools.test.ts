/** Tools and the choice among them. */
import { describe, expect, test } from 'vitest';
import type { Tool } from '../../core/canonical/request.ts';
import { encode, settings } from '../../testing/encode-responses.ts';

describe('tools', () => {
  const strictSchema = { type: 'object', properties: {}, required: [], additionalProperties: false };
  const tool = (more: object): Tool => ({
    kind: 'function',
    name: 'weather',
    description: 'W',
    schema: strictSchema,
    strict: null,
    ...more,
  });
  const patch: Tool = { kind: 'custom', name: 'patch', description: '', format: { type: 'text' } };

  test.each([
    [null, strictSchema, false, 0],
    [false, strictSchema, false, 0],
    [true, strictSchema, true, 0],
    [true, { type: 'object', properties: { a: {} } }, false, 1],
  ])('strict %j is asked for only where it can be had', (strict, schema, written, told) => {
    const { body, warnings } = encode({ tools: [tool({ strict, schema })] });
    expect(body['tools']).toEqual([
      { type: 'function', name: 'weather', description: 'W', parameters: schema, strict: written },
    ]);
    expect(warnings).toHaveLength(told);
  });

  test('a choice at the root of a schema, which OpenAI refuses, becomes one object', () => {
    const schema = { anyOf: [{ properties: { a: {} } }, { properties: { b: {} } }] };
    const { body, warnings } = encode({ tools: [tool({ schema })] });
    expect(body['tools']).toMatchObject([{ parameters: { type: 'object', properties: { a: {}, b: {} } } }]);
    expect(JSON.stringify(body['tools'])).not.toContain('anyOf');
    expect(warnings).toHaveLength(1);
  });

  test('without a schema, of free text, and of another provider', () => {
    const { body, warnings } = encode({
      tools: [tool({ schema: null, description: '' }), patch, { kind: 'hosted', name: 'web_search' }],
    });
    expect(body['tools']).toEqual([
      { type: 'function', name: 'weather', parameters: { type: 'object', properties: {} }, strict: false },
      { type: 'custom', name: 'patch', format: { type: 'text' } },
    ]);
    expect(warnings).toHaveLength(1);
  });

  test.each([
    [{ kind: 'auto' as const }, 'auto'],
    [{ kind: 'required' as const }, 'required'],
    [{ kind: 'none' as const }, 'none'],
    [
      { kind: 'tool' as const, name: 'weather' },
      { type: 'function', name: 'weather' },
    ],
    [
      { kind: 'tool' as const, name: 'patch' },
      { type: 'custom', name: 'patch' },
    ],
    [
      { kind: 'subset' as const, names: ['weather', 'patch'], required: true },
      {
        type: 'allowed_tools',
        mode: 'required',
        tools: [
          { type: 'function', name: 'weather' },
          { type: 'custom', name: 'patch' },
        ],
      },
    ],
  ])('choice %j', (toolChoice, written) => {
    const { body } = encode({ tools: [tool({}), patch], ...settings({ toolChoice, parallelTools: false }) });
    expect(body).toMatchObject({ tool_choice: written, parallel_tool_calls: false });
  });

  test('a choice among no tools is left out', () => {
    const { body } = encode(settings({ toolChoice: { kind: 'auto' }, parallelTools: true }));
    expect(body).not.toHaveProperty('tool_choice');
    expect(body).not.toHaveProperty('parallel_tool_calls');
  });
});

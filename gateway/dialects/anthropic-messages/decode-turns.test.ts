/** Messages become turns of one speaker after the other. */
import { describe, expect, test } from 'vitest';
import { decode, hi, parts } from '../../testing/decode-anthropic.ts';

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

import { expect, it } from 'vitest';
import { callIds } from './call-ids.ts';

const idFor = (id: string): string => `new_${id}`;

it('calls and their results get other ids; work of tools run by the provider keeps its own', () => {
  const content = [
    { type: 'text', text: 'a' },
    { type: 'tool_use', id: 'a', name: 'f', input: { id: 'a' } },
    { type: 'tool_result', tool_use_id: 'a', content: 'r' },
    { type: 'server_tool_use', id: 'b', name: 'web_search', input: {} },
    { type: 'constructor', id: 'c' },
  ];
  const [text, , , ...rest] = content;
  expect(callIds.renamed({ messages: [{ role: 'user', content }], max_tokens: 1 }, idFor)).toEqual({
    messages: [
      {
        role: 'user',
        content: [
          text,
          { type: 'tool_use', id: 'new_a', name: 'f', input: { id: 'a' } },
          { type: 'tool_result', tool_use_id: 'new_a', content: 'r' },
          ...rest,
        ],
      },
    ],
    max_tokens: 1,
  });
});

it.each([{ messages: 'q' }, { messages: [null, { role: 'user', content: 'q' }] }, {}])(
  '%j has none',
  (request) => expect(callIds.renamed(request, idFor)).toEqual(request),
);

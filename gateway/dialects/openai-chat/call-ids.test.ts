import { expect, it } from 'vitest';
import { callIds } from './call-ids.ts';

const idFor = (id: string): string => `new_${id}`;

it('calls and their results get other ids', () => {
  const call = { id: 'a', type: 'function', function: { name: 'f', arguments: '{"id":"a"}' } };
  const messages = [
    { role: 'user', content: 'q', id: 'a' },
    { role: 'assistant', content: null, tool_calls: [call, null] },
    { role: 'tool', tool_call_id: 'a', content: 'r' },
  ];
  expect(callIds.renamed({ messages, n: 1 }, idFor)).toEqual({
    messages: [
      messages[0],
      { role: 'assistant', content: null, tool_calls: [{ ...call, id: 'new_a' }, null] },
      { role: 'tool', tool_call_id: 'new_a', content: 'r' },
    ],
    n: 1,
  });
});

it.each([{ messages: 'q' }, { messages: [null, { role: 'assistant', tool_calls: null }] }, {}])(
  '%j has none',
  (request) => expect(callIds.renamed(request, idFor)).toEqual(request),
);

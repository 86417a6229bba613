import type { Warn } from '../../../core/canonical/request.ts';
import { expect, test } from 'vitest';
import { reasoningWithCalls } from './reasoning-with-calls.ts';

const unexpected: Warn = ({ text }) => expect.fail(text);

const call = { id: 'call_1', type: 'function', function: { name: 'now', arguments: '{}' } };
const ask = { role: 'user', content: 'What time is it?' };
const result = { role: 'tool', tool_call_id: 'call_1', content: '12:00' };
const apply = (body: Readonly<Record<string, unknown>>) =>
  reasoningWithCalls.request(body, 'deepseek-chat', unexpected);

test('a turn with calls gets its reasoning, which another model did not leave', () => {
  const turn = { role: 'assistant', content: null, tool_calls: [call] };
  expect(apply({ messages: [ask, turn, result] })).toEqual({
    messages: [ask, { ...turn, reasoning_content: '' }, result],
  });
});

test.each([
  ['reasoning is there', { messages: [{ role: 'assistant', tool_calls: [call], reasoning_content: 'Hm.' }] }],
  ['no tool was called', { messages: [ask, { role: 'assistant', content: 'Noon.' }] }],
  [
    'nothing is thought',
    { thinking: { type: 'disabled' }, messages: [{ role: 'assistant', tool_calls: [call] }] },
  ],
  ['there are no messages', { model: 'deepseek-chat' }],
])('the body stays the very same where %s', (_case, body) => expect(apply(body)).toBe(body));

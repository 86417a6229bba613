import type { Warn } from '../../../core/canonical/request.ts';
import { expect, test } from 'vitest';
import { userAfterTool } from './user-after-tool.ts';

const unexpected: Warn = ({ text }) => expect.fail(text);

const user = { role: 'user', content: 'And now?' };
const tool = { role: 'tool', tool_call_id: 'abcdefghi', content: '12:00' };
const apply = (body: Readonly<Record<string, unknown>>) => userAfterTool.request(body, 'm', unexpected);

test('an assistant turn is put between a tool result and the user', () => {
  const { messages } = apply({ messages: [user, tool, tool, user, user] });
  expect(messages).toEqual([user, tool, tool, { role: 'assistant', content: 'Understood.' }, user, user]);
});

test.each([[{ messages: [user, tool] }], [{ messages: [user, user] }], [{}]])(
  '%j stays the very same',
  (body) => expect(apply(body)).toBe(body),
);

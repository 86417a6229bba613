import { expect, test } from 'vitest';
import { withoutEarlierReasoning } from './earlier-reasoning.ts';

const MEMBERS = ['reasoning', 'reasoning_content'];
const user = { role: 'user', content: 'q', reasoning: 'mine' };

function apply(body: Readonly<Record<string, unknown>>) {
  const told: string[] = [];
  return { body: withoutEarlierReasoning(body, MEMBERS, 'Groq', ({ text }) => told.push(text)), told };
}

test('reasoning of assistants is left out and told once', () => {
  const messages = [
    user,
    { role: 'assistant', content: 'a', reasoning: 'Hm.' },
    { role: 'assistant', content: 'b', reasoning_content: 'Hm.' },
  ];
  expect(apply({ messages, n: 1 })).toEqual({
    body: {
      messages: [user, { role: 'assistant', content: 'a' }, { role: 'assistant', content: 'b' }],
      n: 1,
    },
    told: ['Earlier reasoning is not taken by Groq and was left out.'],
  });
});

test('a member that says nothing goes without a word', () => {
  const { body, told } = apply({ messages: [{ role: 'assistant', content: 'a', reasoning: null }] });
  expect(body).toEqual({ messages: [{ role: 'assistant', content: 'a' }] });
  expect(told).toEqual([]);
});

test.each([{ messages: [user, null, { role: 'assistant', content: 'a' }] }, { messages: 'q' }, {}])(
  '%j stays the very same',
  (body) => expect(apply(body).body).toBe(body),
);

import { expect, test } from 'vitest';
import { refusedMembers } from './refused-members.ts';

function apply(body: Readonly<Record<string, unknown>>) {
  const told: string[] = [];
  return { body: refusedMembers.request(body, 'llama-3.3-70b', ({ text }) => told.push(text)), told };
}

test('what Groq refuses is left out and told', () => {
  const user = { role: 'user', name: 'ann', content: 'Hello' };
  const { body, told } = apply({ n: 3, logprobs: true, temperature: 1, messages: [user] });
  expect(body).toEqual({ temperature: 1, messages: [{ role: 'user', content: 'Hello' }] });
  expect(told).toHaveLength(3);
});

test('what Groq takes stays the very same', () => {
  const plain = { n: 1, messages: [{ role: 'user', content: 'Hello' }] };
  const { body, told } = apply(plain);
  expect(body).toBe(plain);
  expect(told).toEqual([]);
});

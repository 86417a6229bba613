import { expect, test } from 'vitest';
import { answerMembers } from './answer-members.ts';

function apply(body: Readonly<Record<string, unknown>>) {
  const told: string[] = [];
  return { body: answerMembers.request(body, 'mistral-large-latest', ({ text }) => told.push(text)), told };
}

const plain = { role: 'assistant', content: 'a' };

test('what Mistral does not know is left out; only reasoning is told', () => {
  const idle = { refusal: null, annotations: [], audio: null, function_call: null };
  expect(apply({ messages: [{ ...plain, ...idle }] })).toEqual({ body: { messages: [plain] }, told: [] });
  const { body, told } = apply({ messages: [{ ...plain, ...idle, reasoning: 'Hm.' }] });
  expect(body).toEqual({ messages: [plain] });
  expect(told).toEqual(['Earlier reasoning is not taken by Mistral and was left out.']);
});

test('a call as older clients write it is not lost unseen', () => {
  const messages = [{ role: 'assistant', content: null, function_call: { name: 'f', arguments: '{}' } }];
  expect(apply({ messages }).body).toEqual({ messages });
});

test('a refusal becomes the text of its message', () => {
  const messages = [{ role: 'assistant', content: null, refusal: 'No.' }];
  expect(apply({ messages }).body).toEqual({ messages: [{ role: 'assistant', content: 'No.' }] });
});

test.each([{ messages: [plain, { role: 'user', content: 'q', refusal: 'x' }, null] }, { messages: 'q' }, {}])(
  '%j stays the very same',
  (body) => expect(apply(body).body).toBe(body),
);

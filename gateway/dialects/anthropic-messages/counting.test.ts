import { expect, test } from 'vitest';
import { counting } from './counting.ts';

test('a counting request has only what the call takes', () => {
  const chat = {
    model: 'asked',
    max_tokens: 5,
    stream: true,
    temperature: 1,
    metadata: {},
    system: 's',
    messages: [],
    tools: [],
    thinking: { type: 'adaptive' },
  };
  expect(counting.body(chat, 'claude')).toEqual({
    model: 'claude',
    system: 's',
    messages: [],
    tools: [],
    thinking: { type: 'adaptive' },
  });
});

test.each([
  [{ input_tokens: 7 }, 7],
  [{ input_tokens: 0 }, 0],
  [{ input_tokens: '7' }, undefined],
  [{ input_tokens: -1 }, undefined],
  [{}, undefined],
])('%j', (answer, tokens) => {
  expect(counting.read(answer)).toBe(tokens);
});

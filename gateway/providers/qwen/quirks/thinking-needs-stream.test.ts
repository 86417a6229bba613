import { expect, test } from 'vitest';
import { thinkingNeedsStream } from './thinking-needs-stream.ts';

function apply(body: Readonly<Record<string, unknown>>, model: string) {
  const told: string[] = [];
  return { body: thinkingNeedsStream.request(body, model, ({ text }) => told.push(text)), told: told.length };
}

test.each([
  ['qwen3-32b', {}, 0],
  ['qwen3-235b-a22b', { enable_thinking: true }, 1],
  ['qwen3-0.6b', { stream: false }, 0],
])('%s with %j is told not to think', (model, body, told) =>
  expect(apply(body, model)).toEqual({ body: { ...body, enable_thinking: false }, told }),
);

test.each([
  ['qwen3-32b', { stream: true, enable_thinking: true }],
  ['qwen3-32b', { enable_thinking: false }],
  ['qwen-plus', { enable_thinking: true }],
  ['qwen3-max', {}],
])('%s with %j stays the very same', (model, body) => expect(apply(body, model).body).toBe(body));
